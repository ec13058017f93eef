#include "ui/commands/RunPanel.h"

#include "base/DisplayText.h"
#include "ssh/Connection.h"
#include "ui/commands/RunForm.h"
#include "ui/commands/RunOutput.h"
#include "ui/commands/RunText.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QMenu>
#include <QPushButton>
#include <QSaveFile>
#include <QToolButton>
#include <QVBoxLayout>

#include <chrono>

namespace ui {
namespace {

constexpr int visibleLines = 8; // of the output
constexpr std::chrono::milliseconds tick(500);

} // namespace

RunPanel::RunPanel(QWidget *parent)
    : QWidget(parent)
    , m_form(new RunForm(this))
    , m_start(new QPushButton(tr("Run"), this))
    , m_output(new RunOutput(this))
    , m_state(new PlainLabel({}, PlainLabel::Role::Text, this))
{
    setObjectName(QStringLiteral("runPanel"));
    setAccessibleName(tr("Run"));
    m_start->setObjectName(QStringLiteral("runButton"));
    m_state->setObjectName(QStringLiteral("runState"));
    m_output->setFixedHeight(m_output->fontMetrics().lineSpacing() * visibleLines
                             + 4 * m_output->frameWidth());
    auto *top = new QHBoxLayout;
    top->addWidget(m_form, 1);
    top->addWidget(m_start, 0, Qt::AlignTop);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(4);
    layout->addLayout(top);
    layout->addWidget(m_output);
    layout->addWidget(createInput());
    layout->addWidget(createHelp());
    layout->addWidget(createOutcome());
    setFocusProxy(m_form);

    m_clock.setInterval(tick);
    connect(&m_clock, &QTimer::timeout, this, &RunPanel::updateProgress);
    connect(m_start, &QPushButton::clicked, this, &RunPanel::startOrStop);
    connect(m_form, &RunForm::submitted, this, [this] {
        if (!isRunning()) {
            start();
        }
    });
    connect(m_form, &RunForm::changed, this, &RunPanel::updateState);
    connect(m_output, &RunOutput::skipped, this, [this] {
        m_isPartShown = true;
        updateProgress();
    });
    updateState();
}

RunPanel::~RunPanel()
{
    m_run.reset(); // its end is no longer told
}

QToolButton *RunPanel::createButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(hint);
    button->setAutoRaise(true);
    return button;
}

QWidget *RunPanel::createInput()
{
    m_input = new QWidget;
    m_line = new QLineEdit;
    m_line->setObjectName(QStringLiteral("runLine"));
    m_line->setAccessibleName(tr("Input for the command"));
    m_line->setPlaceholderText(tr("Input for the command, sent with Enter"));
    m_eof = createButton("runEof", tr("End input"),
                         tr("Tell the command that its input has ended (EOF)"));
    m_interrupt = createButton("runInterrupt", tr("Ctrl+C"), tr("Interrupt the command"));
    m_signals
        = createButton("runSignals", tr("Signal"), tr("Send a signal; some servers ignore it"));
    auto *menu = new QMenu(m_signals);
    for (const char *name : {"INT", "TERM", "HUP", "QUIT", "USR1", "USR2", "KILL"}) {
        menu->addAction(QString::fromLatin1(name), this, [this, name] {
            if (m_run) {
                m_run->sendSignal(name);
            }
        });
    }
    m_signals->setMenu(menu);
    m_signals->setPopupMode(QToolButton::InstantPopup);
    connect(m_line, &QLineEdit::returnPressed, this, &RunPanel::sendLine);
    connect(m_eof, &QToolButton::clicked, this, [this] {
        m_run->sendEof();
        updateState();
    });
    connect(m_interrupt, &QToolButton::clicked, this, [this] { m_run->interrupt(); });
    auto *row = new QHBoxLayout(m_input);
    row->setContentsMargins({});
    row->addWidget(m_line, 1);
    for (QWidget *button : {m_eof, m_interrupt, m_signals}) {
        row->addWidget(button);
    }
    return m_input;
}

QWidget *RunPanel::createHelp()
{
    m_help = new QWidget;
    m_diagnosis = new PlainLabel({}, PlainLabel::Role::Subtle);
    m_diagnosis->setObjectName(QStringLiteral("runDiagnosis"));
    m_helpEof = createButton("runHelpEof", tr("End input"), tr("Tell it that its input has ended"));
    auto *interrupt = createButton("runHelpInterrupt", tr("Ctrl+C"), tr("Interrupt the command"));
    auto *terminal = createButton("runHelpTerminal", tr("Run in terminal instead"),
                                  tr("Leave this run alone, and type the command there"));
    connect(m_helpEof, &QToolButton::clicked, m_eof, &QToolButton::click);
    connect(interrupt, &QToolButton::clicked, m_interrupt, &QToolButton::click);
    connect(terminal, &QToolButton::clicked, this, &RunPanel::runInTerminal);
    auto *row = new QHBoxLayout(m_help);
    row->setContentsMargins({});
    row->addWidget(m_diagnosis, 1);
    for (QWidget *button : {m_helpEof, interrupt, terminal}) {
        row->addWidget(button);
    }
    m_help->hide();
    return m_help;
}

QWidget *RunPanel::createOutcome()
{
    auto *outcome = new QWidget;
    m_inTerminal = createButton("runInTerminal", tr("Run in terminal instead"),
                                tr("Type the command into the terminal of this tab"));
    m_save = createButton("runSave", tr("Save"), tr("Save all of the output"));
    auto *menu = new QMenu(m_save);
    menu->addAction(tr("Standard output…"), this,
                    [this] { save(m_run->output(), tr("Save standard output")); });
    menu->addAction(tr("Standard error…"), this,
                    [this] { save(m_run->errorOutput(), tr("Save standard error")); });
    m_save->setMenu(menu);
    m_save->setPopupMode(QToolButton::InstantPopup);
    connect(m_inTerminal, &QToolButton::clicked, this, &RunPanel::runInTerminal);
    auto *row = new QHBoxLayout(outcome);
    row->setContentsMargins({});
    row->addWidget(m_state, 1);
    row->addWidget(m_inTerminal);
    row->addWidget(m_save);
    return outcome;
}

void RunPanel::setConnection(ssh::Connection *connection)
{
    if (m_connection == connection) {
        return;
    }
    if (isRunning()) {
        m_run->stop();
    }
    if (m_connection != nullptr) {
        m_connection->disconnect(this);
    }
    m_connection = connection;
    if (m_connection != nullptr) {
        connect(m_connection, &ssh::Connection::stateChanged, this, &RunPanel::updateState);
    }
    updateState();
}

void RunPanel::startOrStop()
{
    if (isRunning()) {
        m_run->stop();
    } else {
        start();
    }
}

bool RunPanel::run(const QString &command)
{
    if (!isConnected() || isRunning() || m_file) {
        return false;
    }
    m_form->setCommand(command);
    start();
    return true;
}

void RunPanel::start()
{
    if (!isConnected() || m_file) {
        return;
    }
    const auto order = m_form->order();
    if (!order) {
        m_state->setText(order.error());
        return;
    }
    m_form->remember();
    m_output->begin();
    m_isPartShown = false;
    m_ending.clear();
    m_run = std::make_unique<commands::CommandRun>(*order, *m_connection);
    connect(m_run.get(), &commands::CommandRun::received, m_output, &RunOutput::append);
    connect(m_run.get(), &commands::CommandRun::finished, this, &RunPanel::handleEnd);
    m_clock.start();
    updateState();
    if (order->input == commands::RunOrder::Input::Later) {
        m_line->setFocus();
    }
    emit runningChanged();
}

void RunPanel::handleEnd(const commands::RunEnd &end)
{
    m_clock.stop();
    m_output->finish();
    m_ending = runEndText(end);
    if (m_line->hasFocus()) {
        m_form->setFocus();
    }
    updateState();
    emit runningChanged();
}

void RunPanel::sendLine()
{
    if (m_run && m_run->takesInput()) {
        m_run->write(m_line->text().toUtf8() + '\n');
        m_line->clear();
    }
}

void RunPanel::runInTerminal()
{
    const base::Result<commands::RunOrder, QString> order
        = isRunning() ? m_run->order() : m_form->order();
    if (!order) {
        m_state->setText(order.error());
        return;
    }
    if (isRunning()) {
        m_run->stop();
    }
    emit terminalWanted(QString::fromUtf8(order->terminalLine()));
}

void RunPanel::save(const commands::OutputStore &store, const QString &title)
{
    auto *dialog = new QFileDialog(this, title);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    // Not to a later run, whose output takes the place of this one's.
    connect(m_run.get(), &QObject::destroyed, dialog, &QFileDialog::reject);
    connect(dialog, &QFileDialog::fileSelected, this, [this, &store](const QString &path) {
        m_file = std::make_unique<QSaveFile>(path);
        m_saved = &store;
        m_savedBytes = 0;
        m_state->setText(m_file->open(QIODevice::WriteOnly) ? tr("Saving…") : QString());
        updateState();
        writeNext();
    });
    dialog->open();
}

// A piece in each turn of the event loop, so that gigabytes do not freeze the window. No run begins
// meanwhile, so that the output stays.
void RunPanel::writeNext()
{
    constexpr qint64 pieceBytes = qint64{1024} * 1024;
    const auto piece = m_saved->read(m_savedBytes, pieceBytes);
    const bool isWritten = m_file->isOpen() && piece && m_file->write(*piece) == piece->size();
    m_savedBytes += isWritten ? piece->size() : 0;
    if (isWritten && m_savedBytes < m_saved->size()) {
        QMetaObject::invokeMethod(this, &RunPanel::writeNext, Qt::QueuedConnection);
        return;
    }
    const bool isSaved = isWritten && m_file->commit();
    const QString path = base::displayText(m_file->fileName());
    const QString why = base::displayText(piece ? m_file->errorString() : piece.error().detail);
    m_file.reset();
    updateState();
    m_state->setText(isSaved ? tr("Saved to %1.").arg(path)
                             : tr("Could not save %1: %2.").arg(path, why));
}

bool RunPanel::isConnected() const
{
    return m_connection != nullptr && m_connection->state() == ssh::Connection::State::Ready;
}

void RunPanel::updateState()
{
    const bool runs = isRunning();
    m_start->setText(runs ? tr("Stop") : tr("Run"));
    m_start->setAccessibleName(m_start->text());
    const bool mayRun = isConnected() && !m_form->command().trimmed().isEmpty();
    m_start->setEnabled(runs || (mayRun && !m_file));
    m_input->setVisible(runs);
    m_line->setEnabled(runs && m_run->takesInput());
    m_eof->setEnabled(runs && m_run->takesInput());
    m_save->setVisible(m_run && m_run->output().size() + m_run->errorOutput().size() > 0);
    m_inTerminal->setEnabled(mayRun);
    updateProgress();
}

void RunPanel::updateProgress()
{
    const auto diagnosis = m_run ? m_run->diagnosis() : std::nullopt;
    m_help->setVisible(diagnosis.has_value());
    if (diagnosis) {
        m_diagnosis->setText(diagnosisText(*diagnosis, m_run->silence()));
        m_helpEof->setVisible(m_run->takesInput());
    }
    if (!m_run) {
        m_state->setText(tr("Each run is a shell of its own: it knows nothing of the terminal's "
                            "directory and variables."));
        return;
    }
    const qint64 bytes = m_run->output().size() + m_run->errorOutput().size();
    QString text
        = isRunning() ? tr("Running for %1.").arg(secondsText(m_run->duration())) : m_ending;
    text += u' ' + tr("%1 of output.").arg(sizeText(static_cast<quint64>(bytes)));
    if (m_isPartShown) {
        text += u' ' + tr("The last of it is shown; Save has all.");
    }
    m_state->setText(text);
    m_save->setVisible(bytes > 0);
}

} // namespace ui
