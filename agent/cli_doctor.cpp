// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
#include "agent/cli.hpp"
#include "agent/cli_interrupt.hpp"
#include "agent/doctor_checks.hpp"
#include "agent/doctor_gather.hpp"
#include "agent/doctor_report.hpp"
#include "agent/language.hpp"
#include "agent/terminal_ui_device.hpp"
#include "base/file.hpp"

#include <nlohmann/json.hpp>

#include <unistd.h>

#include <array>
#include <cstdio>
#include <memory>
#include <ostream>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

namespace signet {
namespace {

Error reportError(const std::filesystem::path& file, const char* reason) {
    Error error{.code = ErrorCode::invalidRequest, .reason = reason};
    error.params["name"] = file.string();
    return error;
}

/// Asks on the terminal whether a file may be replaced. Errors: userCancelled, and invalidRequest with reason
/// "report_exists" where the answer is no or there is nobody to ask.
Result<void> askToReplace(const std::filesystem::path& file, InterruptWatch& interrupts, Language language) {
    auto terminal = TerminalDevice::open();
    if (!terminal || ::isatty(STDIN_FILENO) == 0) return fail(reportError(file, "report_exists"));
    const auto prompt = language == Language::zh ? file.string() + " 已存在,要覆盖吗?[y/N] "
                                                 : file.string() + " exists. Replace it? [y/N] ";
    const auto answer = await<SecretBytes>(
        interrupts, [&](const Reply<SecretBytes>& reply) { (*terminal)->readLine(prompt, false, reply); },
        [&] { (*terminal)->stop(); });
    if (!answer) return fail(answer.error());
    const auto text = textOf(answer->view());
    if (text == "y" || text == "Y" || text == "yes" || text == "是") return {};
    return fail(reportError(file, "report_exists"));
}

/// Before anything is checked, so that nobody waits in vain.
Result<void> prepareReport(const CliOptions& options, InterruptWatch& interrupts, Language language) {
    if (!options.report) return {};
    std::error_code fault;
    const auto status = std::filesystem::symlink_status(*options.report, fault);
    const auto kind = status.type();
    if (kind == std::filesystem::file_type::not_found) return {};
    // A device or a folder is not replaced by a file.
    if (kind != std::filesystem::file_type::regular)
        return fail(reportError(*options.report, "report_unwritable"));
    if (options.isForced) return {};
    return askToReplace(*options.report, interrupts, language);
}

/// One line for each part as it is done, where somebody watches.
DoctorProgress progressOn(const CliOutput& output) {
    if (::isatty(STDERR_FILENO) == 0) return {};
    return [&output](DoctorStep step, const std::string& subject, std::chrono::milliseconds elapsed) {
        constexpr std::array<Text, 4> kSteps{Text{"读卡器", "readers"}, Text{"驱动", "module"},
                                             Text{"平台", "platform"}, Text{"证书状态", "revocation"}};
        std::array<char, 32> seconds{};
        std::snprintf(seconds.data(), seconds.size(), "%.1f s", static_cast<double>(elapsed.count()) / 1e3);
        output.err << "  " << kSteps.at(static_cast<std::size_t>(step)).of(output.language) << " "
                   << shownLiterally(subject) << "  " << seconds.data() << std::endl;
    };
}

Result<void> writeReport(const DoctorRequest& request, const DoctorFacts& facts,
                         const std::vector<Check>& checks, Language language) {
    const auto& file = *request.options.report;
    const auto text =
        doctorReport(reportHead(request.version, facts.now), checks, personalFacts(facts), language);
    if (const auto written = writeFileAtomically(std::filesystem::absolute(file), text); !written) {
        auto error = reportError(file, "report_unwritable");
        error.detail = written.error().detail;
        return fail(std::move(error));
    }
    return {};
}

ExitStatus tell(const DoctorRequest& request, const std::vector<Check>& checks, const CliOutput& output) {
    if (output.isJson)
        output.print(doctorJson(checks, output.language));
    else
        output.print(doctorText(checks, output.language));
    if (request.options.report)
        output.warn(Text{"报告已写入 ", "the report is in "}.of(output.language) +
                    shownLiterally(request.options.report->string(), 1000));
    if (!request.configuration) return ExitStatus::usage;
    return hasFault(checks) ? ExitStatus::failed : ExitStatus::done;
}

}  // namespace

ExitStatus runDoctor(const DoctorRequest& request, const CliOutput& output) {
    InterruptWatch interrupts;
    if (const auto ready = prepareReport(request.options, interrupts, output.language); !ready)
        return output.fail(ready.error());
    auto configuration = configurationFacts(request.configuration, request.paths, request.options.configFile);
    const auto facts = gatherFacts(std::move(configuration), interrupts, progressOn(output));
    if (!facts) return output.fail(facts.error());
    const auto checks = checkAll(*facts, output.language);
    if (request.options.report)
        if (const auto written = writeReport(request, *facts, checks, output.language); !written)
            return output.fail(written.error());
    return tell(request, checks, output);
}

}  // namespace signet
