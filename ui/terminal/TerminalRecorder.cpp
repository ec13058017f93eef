#include "ui/terminal/TerminalRecorder.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/terminal/TerminalBridge.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>

namespace ui {

using terminal::OutputLog;

TerminalRecorder::TerminalRecorder(TerminalBridge &bridge, QWidget &window, QObject *parent)
    : QObject(parent)
    , m_window(window)
{
    connect(&bridge, &TerminalBridge::outputReceived, this, &TerminalRecorder::write);
}

TerminalRecorder::~TerminalRecorder() = default;

QString TerminalRecorder::path() const
{
    return m_log == nullptr ? QString() : m_log->path();
}

QString TerminalRecorder::proposal() const
{
    static const QRegularExpression unusual(QStringLiteral("[^A-Za-z0-9._-]+"));
    QString host = m_host.isEmpty() ? QStringLiteral("terminal") : m_host;
    host.replace(unusual, QStringLiteral("-"));
    while (host.startsWith(u'.') || host.startsWith(u'-')) {
        host.remove(0, 1);
    }
    return QDir::homePath() + u'/' + host
        + QDateTime::currentDateTime().toString(QStringLiteral("-yyyy-MM-dd-HHmmss"))
        + QStringLiteral(".log");
}

void TerminalRecorder::ask()
{
    const QString raw = tr("All bytes, to be shown by a terminal again (*)");
    auto *dialog = new QFileDialog(&m_window, tr("Record output"));
    dialog->setObjectName(QStringLiteral("recordOutputDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // that is never done
    dialog->setNameFilters({tr("Lines of text (*.log)"), raw});
    dialog->selectFile(proposal());
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, raw](const QString &path) {
        start(path,
              dialog->selectedNameFilter() == raw ? OutputLog::Form::Raw : OutputLog::Form::Plain);
    });
    dialog->open();
}

void TerminalRecorder::start(const QString &path, OutputLog::Form form)
{
    auto made = OutputLog::create(path, form);
    if (made) {
        m_log = std::move(*made);
        emit changed();
        return;
    }
    const QString name = base::displayText(path);
    emit failed(made.error().kind == base::ErrorKind::AlreadyExists
                    ? tr("There is a file %1 already, and it was left as it is. Choose another "
                         "name to record the output.")
                          .arg(name)
                    : tr("The output is not recorded in %1: %2 Choose another place.")
                          .arg(name, errorText(made.error()).why));
}

void TerminalRecorder::stop()
{
    if (m_log != nullptr) {
        m_log.reset();
        emit changed();
    }
}

void TerminalRecorder::toggle()
{
    if (isOn()) {
        stop();
    } else {
        ask();
    }
}

void TerminalRecorder::write(const QByteArray &raw, const QByteArray &shown)
{
    if (m_log == nullptr) {
        return;
    }
    if (const auto written = m_log->write(raw, shown); !written) {
        const QString name = base::displayText(m_log->path());
        stop();
        emit failed(tr("The output is no longer recorded in %1: %2")
                        .arg(name, errorText(written.error()).why));
    }
}

} // namespace ui
