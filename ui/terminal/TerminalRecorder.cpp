#include "ui/terminal/TerminalRecorder.h"

#include "base/DisplayText.h"
#include "ui/errors/ErrorText.h"
#include "ui/terminal/TerminalBridge.h"

#include <QDateTime>
#include <QDir>
#include <QFileDialog>
#include <QRegularExpression>

#include <algorithm>
#include <utility>

namespace ui {

using terminal::OutputLog;

namespace {

QString endingOf(OutputLog::Form form)
{
    return form == OutputLog::Form::Cast ? QStringLiteral(".cast") : QStringLiteral(".log");
}

} // namespace

const QString TerminalRecorder::usualTemplate = QStringLiteral("%h-%d-%t");

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

// What the template says, without what a file name should not have in the places of the server.
QString TerminalRecorder::proposal() const
{
    static const QRegularExpression unusual(QStringLiteral("[^A-Za-z0-9._-]+"));
    QString host = m_host.isEmpty() ? QStringLiteral("terminal") : m_host;
    host.replace(unusual, QStringLiteral("-"));
    while (host.startsWith(u'.') || host.startsWith(u'-')) {
        host.remove(0, 1);
    }
    const QDateTime now = QDateTime::currentDateTime();
    QString name = m_template.trimmed().isEmpty() ? usualTemplate : m_template.trimmed();
    name.replace(QStringLiteral("%d"), now.toString(QStringLiteral("yyyy-MM-dd")));
    name.replace(QStringLiteral("%t"), now.toString(QStringLiteral("HHmmss")));
    name.replace(QStringLiteral("%h"), host);
    if (name.startsWith(QStringLiteral("~/"))) {
        name.remove(0, 2);
    }
    return QDir::home().absoluteFilePath(name) + endingOf(OutputLog::Form::Plain);
}

void TerminalRecorder::ask()
{
    using Form = OutputLog::Form;
    const QList<std::pair<QString, Form>> forms{
        {tr("Lines of text (*.log)"), Form::Plain},
        {tr("Lines of text, each with its time (*.log)"), Form::Timed},
        {tr("Recording to be replayed, asciicast (*.cast)"), Form::Cast},
        {tr("All bytes, to be shown by a terminal again (*)"), Form::Raw}};
    QStringList filters;
    for (const auto &[filter, form] : forms) {
        filters.append(filter);
    }
    const auto formOf = [forms, filters](const QString &filter) {
        return forms[std::max(qsizetype{0}, filters.indexOf(filter))].second;
    };
    auto *dialog = new QFileDialog(&m_window, tr("Record output"));
    dialog->setObjectName(QStringLiteral("recordOutputDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setOption(QFileDialog::DontConfirmOverwrite); // that is never done
    dialog->setNameFilters(filters);
    dialog->selectFile(proposal());
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, formOf](const QString &filter) {
        const QString path = dialog->selectedFiles().value(0);
        for (const Form form : {Form::Plain, Form::Cast}) {
            if (path.endsWith(endingOf(form))) { // one of ours, which follows the form
                dialog->selectFile(path.chopped(endingOf(form).size()) + endingOf(formOf(filter)));
                return;
            }
        }
    });
    connect(dialog, &QFileDialog::fileSelected, this, [this, dialog, formOf](const QString &path) {
        start(path, formOf(dialog->selectedNameFilter()));
    });
    dialog->open();
}

void TerminalRecorder::setSize(QSize cells)
{
    if (cells != m_size && m_log != nullptr) {
        m_log->noteSize(cells);
    }
    m_size = cells;
}

void TerminalRecorder::start(const QString &path, OutputLog::Form form)
{
    auto made = OutputLog::create(path, form, {.cells = m_size, .title = m_host});
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
