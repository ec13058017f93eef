#include "tests/support/PrivateBus.h"

#include <QFile>
#include <QProcess>

using namespace Qt::StringLiterals;

namespace tests {
namespace {

constexpr int startLimitMilliseconds = 10'000;

// No service can be started by this bus: a keyring of the machine must not answer.
constexpr const char *configuration = R"(<!DOCTYPE busconfig PUBLIC
 "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:dir=%1</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
)";

} // namespace

PrivateBus::PrivateBus() = default;

PrivateBus::~PrivateBus()
{
    if (m_process) {
        m_process->kill();
        m_process->waitForFinished();
    }
}

base::Result<void> PrivateBus::start()
{
    QFile file(m_directory.filePath(u"bus.conf"_s));
    if (!file.open(QIODevice::WriteOnly)) {
        return base::Failure(base::Error{.operation = u"write"_s, .subject = file.fileName()});
    }
    file.write(QString::fromLatin1(configuration).arg(m_directory.path()).toUtf8());
    file.close();
    m_process = std::make_unique<QProcess>();
    m_process->start(u"dbus-daemon"_s,
                     {u"--config-file="_s + file.fileName(), u"--nofork"_s, u"--nopidfile"_s,
                      u"--print-address"_s});
    while (!m_process->canReadLine()) {
        if (!m_process->waitForReadyRead(startLimitMilliseconds)) {
            return base::Failure(base::Error{.operation = u"start"_s,
                                             .subject = u"dbus-daemon"_s,
                                             .detail = m_process->errorString()});
        }
    }
    m_address = QString::fromUtf8(m_process->readLine()).trimmed();
    return {};
}

} // namespace tests
