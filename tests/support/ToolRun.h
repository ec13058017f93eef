// ToolRun: one run of an installed program (ssh, ssh-keygen, ssh-add) from a test, waited for.

#pragma once

#include <QByteArray>
#include <QProcessEnvironment>
#include <QString>
#include <QStringList>

#include <chrono>

namespace tests {

struct ToolRun
{
    QString program;
    QStringList arguments;
    QByteArray input = {}; // its standard input, which then ends
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    std::chrono::milliseconds limit = std::chrono::seconds(30); // then it is killed
};

struct ToolResult
{
    int exitStatus = -1; // -1 if it did not start, was killed by a signal, or took too long
    QByteArray output;
    QByteArray errors; // its standard error, or why it did not run
};

// Blocks the calling thread until the program has ended.
ToolResult runTool(const ToolRun &run);

} // namespace tests
