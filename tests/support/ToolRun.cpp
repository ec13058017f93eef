#include "tests/support/ToolRun.h"

#include <QProcess>

namespace tests {

ToolResult runTool(const ToolRun &run)
{
    QProcess process;
    process.setProcessEnvironment(run.environment);
    process.start(run.program, run.arguments);
    process.write(run.input);
    process.closeWriteChannel();
    if (!process.waitForFinished(static_cast<int>(run.limit.count()))) {
        const QString reason = run.program + QStringLiteral(": ") + process.errorString();
        process.kill();
        process.waitForFinished();
        return {.exitStatus = -1,
                .output = process.readAllStandardOutput(),
                .errors = process.readAllStandardError() + reason.toUtf8()};
    }
    const bool ended = process.exitStatus() == QProcess::NormalExit;
    return {.exitStatus = ended ? process.exitCode() : -1,
            .output = process.readAllStandardOutput(),
            .errors = process.readAllStandardError()};
}

} // namespace tests
