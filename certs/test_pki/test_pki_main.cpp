// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// signet-test-pki: writes the test PKI as files for the demo and the end-to-end tests.
#include "certs/test_pki/write_files.hpp"

#include <boost/program_options.hpp>

#include <algorithm>
#include <exception>
#include <iostream>

namespace {

namespace po = boost::program_options;
using Texts = std::vector<std::string>;

po::options_description optionList() {
    po::options_description options("signet-test-pki --out DIR [options]");
    auto add = options.add_options();
    add("help", "this text");
    add("out", po::value<std::string>(), "folder for the files, made where it is missing");
    add("ocsp-url", po::value<std::string>()->default_value(""),
        "OCSP address in the certificates; {ca} becomes rsa, p256 or sm2");
    add("crl-url", po::value<std::string>()->default_value(""),
        "CRL address in the certificates; {ca} likewise");
    add("tls-name", po::value<Texts>()->default_value({}, ""),
        "one more name or address in tls.crt (repeatable)");
    add("only", po::value<Texts>()->default_value({}, ""), "only this certificate (repeatable)");
    return options;
}

int run(int argc, char** argv) {
    const auto options = optionList();
    po::variables_map values;
    po::store(po::parse_command_line(argc, argv, options), values);
    if (values.contains("help") || !values.contains("out")) {
        (values.contains("help") ? std::cout : std::cerr) << options;
        return values.contains("help") ? 0 : 2;
    }
    const auto known = signet::TestPki::names();
    for (const auto& name : values["only"].as<Texts>()) {
        if (std::find(known.begin(), known.end(), name) != known.end()) continue;
        std::cerr << "signet-test-pki: no certificate is called " << name << "\n";
        return 2;
    }
    signet::TestPki pki(
        {.ocspUrl = values["ocsp-url"].as<std::string>(), .crlUrl = values["crl-url"].as<std::string>()});
    signet::writeTestPki(
        pki, {values["out"].as<std::string>(), values["only"].as<Texts>(), values["tls-name"].as<Texts>()});
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const po::error& error) {
        std::cerr << "signet-test-pki: " << error.what() << "\n";
        return 2;
    } catch (const std::exception& error) {
        std::cerr << "signet-test-pki: " << error.what() << "\n";
        return 1;
    }
}
