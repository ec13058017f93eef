#include "app/headless/ForwardVerb.h"

#include "app/headless/Report.h"
#include "ui/errors/ForwardErrorText.h"

#include <QMetaObject>

#include <csignal>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace app {
namespace {

using State = forward::ForwardStatus::State;
using profiles::Forward;

QString kindName(Forward::Kind kind)
{
    switch (kind) {
    case Forward::Kind::Local:
        return u"local"_s;
    case Forward::Kind::Remote:
        return u"remote"_s;
    case Forward::Kind::Dynamic:
        break;
    }
    return u"dynamic"_s;
}

} // namespace

ForwardVerb::ForwardVerb(const ssh::ConnectionSettings &settings, const QList<Forward> &forwards)
    : m_session(settings)
    , m_endsOnFailure(settings.endsOnForwardFailure)
{
    connect(&m_session, &VerbSession::failed, this,
            [this] { finish(static_cast<int>(ExitStatus::ConnectionFailed)); });
    connect(&m_forwards, &forward::ForwardSet::changed, this, &ForwardVerb::handleChange);
    for (const Forward &forward : forwards.isEmpty() ? settings.forwards : forwards) {
        m_undecided.insert(m_forwards.add(forward));
        if (const QString warning = ui::forwardWarningText(forward); !warning.isEmpty()) {
            report(warning);
        }
    }
    m_forwards.attach(m_session.connection());
}

void ForwardVerb::start()
{
    if (m_undecided.isEmpty()) {
        report(u"There is nothing to forward: say what with -L, -R or -D."_s);
        QMetaObject::invokeMethod(
            this, [this] { finish(static_cast<int>(ExitStatus::Usage)); }, Qt::QueuedConnection);
        return;
    }
    m_session.open();
}

void ForwardVerb::handleChange(int id)
{
    if (m_isOver) {
        return;
    }
    const forward::ForwardStatus &status = m_forwards.status(id);
    tellRefusals(id);
    if (status.state == State::Listening && m_undecided.remove(id)) {
        tellListening(id);
    } else if (status.state == State::Failed && m_undecided.remove(id)) {
        report(ui::forwardFailureText(m_forwards.forward(id), *status.failure, status.freePort));
        m_hasFailed = true;
        if (m_endsOnFailure) {
            report(
                u"The connection ends, as ExitOnForwardFailure of OpenSSH's configuration says."_s);
            finish(static_cast<int>(ExitStatus::SomeFailed));
            return;
        }
    }
    if (m_undecided.isEmpty() && m_forwards.listeningCount() == 0 && m_hasFailed) {
        finish(static_cast<int>(ExitStatus::SomeFailed));
    }
}

void ForwardVerb::tellListening(int id)
{
    const Forward &forward = m_forwards.forward(id);
    for (const QString &address : m_forwards.status(id).addresses) {
        const QString line = kindName(forward.kind) + u' ' + address + u'\n';
        std::fputs(line.toUtf8().constData(), stdout);
    }
    std::fflush(stdout);
}

void ForwardVerb::tellRefusals(int id)
{
    const forward::ForwardStatus &status = m_forwards.status(id);
    if (status.lastRefusal && status.refusals > m_toldRefusals.value(id)) {
        m_toldRefusals[id] = status.refusals;
        report(ui::forwardRefusalText(m_forwards.forward(id), *status.lastRefusal));
    }
}

// Ctrl+C is the way to end it.
void ForwardVerb::interrupt(int signal)
{
    const ExitStatus ordinary = m_hasFailed ? ExitStatus::SomeFailed : ExitStatus::Success;
    finish(signal == SIGINT ? static_cast<int>(ordinary) : exitStatusOfSignal(signal));
}

void ForwardVerb::finish(int exitStatus)
{
    if (!m_isOver) {
        m_isOver = true;
        m_session.dismiss();
        emit finished(exitStatus);
    }
}

} // namespace app
