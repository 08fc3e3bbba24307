// SPDX-License-Identifier: Apache-2.0
// SPDX-FileCopyrightText: 2026 The Signet authors
// The least that a Qt program without a window can be: an event loop and a file that says it runs. What
// bridge_process.py holds signet-agent against.
#include <QCoreApplication>

#include <cstdio>
#include <string>

int main(int argc, char** argv) {
    const QCoreApplication application(argc, argv);
    if (argc != 2) return 2;
    const std::string path = argv[1];
    std::FILE* file = std::fopen((path + ".new").c_str(), "w");
    if (file == nullptr) return 1;
    std::fputs("{}\n", file);
    std::fclose(file);
    if (std::rename((path + ".new").c_str(), path.c_str()) != 0) return 1;
    return QCoreApplication::exec();
}
