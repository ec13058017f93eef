#include "ui/terminal/TerminalPane.h"

#include "ui/errors/ErrorText.h"
#include "ui/terminal/BroadcastBar.h"
#include "ui/terminal/CommandsPanel.h"
#include "ui/terminal/PaneTitle.h"
#include "ui/terminal/ShellCommands.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalRecorder.h"
#include "ui/terminal/TerminalView.h"
#include "ui/widgets/NoticeBar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QVBoxLayout>

#include <csignal>
#include <cstring>

namespace ui {
namespace {

// Cells: what is smaller serves nobody.
constexpr int leastColumns = 16;
constexpr int leastRows = 3;

bool isPartOfTheEnd(const base::Error &error)
{
    return error.kind == base::ErrorKind::ConnectionLost
        || error.kind == base::ErrorKind::Cancelled;
}

// ssh::Shell gives 128 and the number of the signal that has ended a shell.
constexpr int signalBase = 128;
constexpr int lastSignal = 64;

QString signalName(int status)
{
    const int number = status - signalBase;
    const char *name = number > 0 && number <= lastSignal ? ::sigabbrev_np(number) : nullptr;
    return name == nullptr ? QString() : QStringLiteral("SIG") + QString::fromLatin1(name);
}

} // namespace

QString TerminalPane::endText(int status)
{
    const QString signal = signalName(status);
    return signal.isEmpty() ? tr("The shell ended with status %1.").arg(status)
                            : tr("The shell ended with status %1 (%2).").arg(status).arg(signal);
}

QString TerminalPane::shortEndText(int status)
{
    const QString signal = signalName(status);
    return signal.isEmpty() ? tr("ended with status %1").arg(status) : tr("ended, %1").arg(signal);
}

TerminalPane::TerminalPane(QWidget *parent)
    : QWidget(parent)
    , m_title(new PaneTitle)
    , m_notice(new NoticeBar(Theme::Meaning::Subtle))
    , m_warning(new NoticeBar(Theme::Meaning::Warning))
    , m_clipboard(new NoticeBar(Theme::Meaning::Warning))
    , m_view(new TerminalView)
    , m_bridge(new TerminalBridge(*m_view))
    , m_recorder(new TerminalRecorder(*m_bridge, *this, this))
    , m_log(new AutomaticLog(*m_bridge, this))
    , m_commands(new CommandsPanel(m_view->commands(), *m_view))
    , m_broadcast(new BroadcastBar(*this))
{
    setObjectName(QStringLiteral("terminalPane"));
    setFocusProxy(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addWidget(m_broadcast);
    layout->addWidget(m_title);
    layout->addWidget(m_notice);
    layout->addWidget(m_warning);
    layout->addWidget(m_clipboard);
    layout->addWidget(m_view, 1);
    m_title->hide();
    setMinimumSize(fontMetrics().averageCharWidth() * leastColumns,
                   fontMetrics().lineSpacing() * leastRows);
    updateTitle();

    connect(m_title, &PaneTitle::pressed, this, [this] { m_view->setFocus(); });
    connect(m_title, &PaneTitle::zoomRequested, this, &TerminalPane::zoomRequested);
    connect(m_title, &PaneTitle::closeRequested, this, &TerminalPane::closeRequested);
    connectBridge();
    connect(m_broadcast, &BroadcastBar::stopRequested, this, [this] {
        emit stopBroadcastRequested();
        m_view->setFocus();
    });
    connect(m_commands, &CommandsPanel::closed, this, [this] { m_view->setFocus(); });
    connect(m_commands, &CommandsPanel::typeRequested, m_view,
            [this](const QString &line) { m_view->type(line.toUtf8()); });
    connectLogs();
    connect(m_recorder, &TerminalRecorder::changed, this, [this] {
        updateTitle();
        emit recordingChanged();
    });
    connect(m_view, &TerminalView::notSaved, this, [this](const QString &path, const QString &why) {
        showNotice(tr("The output was not saved as %1: %2. Choose another place.").arg(path, why));
    });
}

void TerminalPane::connectLogs()
{
    const auto setSize = [this](int columns, int rows) {
        m_recorder->setSize(QSize(columns, rows));
        m_log->setSize(QSize(columns, rows));
    };
    setSize(m_view->columns(), m_view->rows());
    connect(m_view, &TerminalView::resized, m_recorder, setSize);
    connect(m_recorder, &TerminalRecorder::failed, this, &TerminalPane::showNotice);
    connect(m_log, &AutomaticLog::failed, this, &TerminalPane::showNotice);
    connect(m_log, &AutomaticLog::changed, this, &TerminalPane::recordingChanged);
}

void TerminalPane::connectBridge()
{
    connect(m_bridge, &TerminalBridge::titleChanged, this, [this](const QString &title) {
        m_remoteTitle = title;
        updateTitle();
    });
    connect(m_bridge, &TerminalBridge::directoryChanged, this, [this](const QByteArray &path) {
        m_directory = path;
        m_view->setDirectory(path);
        emit directoryChanged();
    });
    connect(m_bridge, &TerminalBridge::outputReceived, this,
            [this] { emit happened(TerminalMark::Activity); });
    connect(&m_view->commands(), &ShellCommands::finished, this,
            [this](const ShellCommand &command) {
                emit happened(TerminalMark::Finished);
                emit commandFinished(command);
            });
    connect(m_bridge, &TerminalBridge::clipboardOffered, this, &TerminalPane::offerClipboard);
    connect(m_view, &TerminalView::bellRang, this, [this] { emit happened(TerminalMark::Bell); });
}

// Asked once for each terminal: what stands in the clipboard is pasted elsewhere without a look.
void TerminalPane::offerClipboard(const QString &text)
{
    if (m_mayFillClipboard) {
        QGuiApplication::clipboard()->setText(text);
        return;
    }
    m_clipboard->showNotice(
        tr("A program in this terminal wants to put %1 characters into the clipboard.")
            .arg(QLocale().toString(text.size())),
        tr("Allow here"), [this, text] {
            m_mayFillClipboard = true;
            QGuiApplication::clipboard()->setText(text);
            m_view->setFocus();
        });
}

TerminalPane::~TerminalPane()
{
    leave();
}

void TerminalPane::join(const ShellOpener &opener)
{
    m_opener = opener;
    openShell();
}

void TerminalPane::leave()
{
    m_opener = nullptr;
    m_shell.reset();
    m_log->end();
    emit shellGone();
}

void TerminalPane::openShell()
{
    std::unique_ptr<terminal::ByteStream> shell
        = m_opener ? m_opener(QSize(m_view->columns(), m_view->rows())) : nullptr;
    if (shell == nullptr) {
        return;
    }
    m_hasEnded = false;
    m_ending.clear();
    m_notice->dismiss();
    connect(shell.get(), &terminal::ByteStream::finished, this, &TerminalPane::handleEnd);
    m_log->begin();
    m_bridge->attach(shell.get()); // lets go of the one before, which goes now
    m_shell = std::move(shell);
    updateTitle();
}

void TerminalPane::handleEnd(const base::Result<int> &exitStatus)
{
    if (!exitStatus && isPartOfTheEnd(exitStatus.error())) {
        return; // the banner of the closed connection says it
    }
    m_hasEnded = exitStatus.has_value();
    m_log->end();
    m_ending = exitStatus ? shortEndText(*exitStatus) : tr("no terminal");
    m_remoteTitle.clear(); // it was that of a program that runs no more
    m_directory.clear();
    m_view->setDirectory({});
    emit happened(TerminalMark::Finished);
    emit shellGone();
    const QString text = exitStatus
        ? endText(*exitStatus)
        : tr("There is no terminal: %1").arg(errorText(exitStatus.error()).why);
    m_bridge->announce(text);
    m_notice->showNotice(text, tr("New shell"), [this] {
        openShell();
        m_view->setFocus();
    });
    updateTitle();
    if (exitStatus == 0 && m_whenEnded == TerminalAppearance::Ending::Close) {
        emit endedWell();
    }
}

void TerminalPane::setAppearance(const TerminalAppearance &appearance)
{
    m_whenEnded = appearance.ending;
    m_recorder->setNameTemplate(appearance.recordingName);
    m_view->setAppearance(appearance);
}

void TerminalPane::showBroadcast(const QString &text)
{
    if (text.isEmpty()) {
        m_broadcast->dismiss();
    } else {
        m_broadcast->showText(text);
    }
}

void TerminalPane::setHost(const QString &host)
{
    m_host = host;
    m_view->setHost(host);
    m_recorder->setHost(host);
}

void TerminalPane::setNumber(int number)
{
    m_number = number;
    updateTitle();
}

QString TerminalPane::name() const
{
    return m_remoteTitle.isEmpty() ? tr("Terminal %1").arg(m_number) : m_remoteTitle;
}

void TerminalPane::updateTitle()
{
    const QString text = m_ending.isEmpty() ? name() : tr("%1 (%2)").arg(name(), m_ending);
    m_title->setText(m_recorder->isOn() ? tr("%1 · recording").arg(text) : text);
    emit titleChanged();
}

void TerminalPane::setTitleShown(bool shown)
{
    m_title->setVisible(shown);
}

void TerminalPane::setCurrent(bool current)
{
    m_title->setCurrent(current);
}

void TerminalPane::setZoomed(bool zoomed)
{
    m_title->setZoomed(zoomed);
}

void TerminalPane::showCommands()
{
    m_commands->open();
}

void TerminalPane::copyLastOutput()
{
    ShellCommands &commands = m_view->commands();
    if (commands.all().isEmpty()) {
        showCommands(); // which says what is missing
        return;
    }
    const std::optional<QString> output = commands.output(commands.all().size() - 1);
    if (!output) {
        showNotice(
            tr("The beginning of the last command's output is no longer in what the terminal "
               "has kept. Nothing was copied."));
    } else if (output->isEmpty()) {
        showNotice(tr("The last command has written nothing. Nothing was copied."));
    } else {
        QGuiApplication::clipboard()->setText(*output);
    }
}

void TerminalPane::showNotice(const QString &text)
{
    m_warning->showNotice(text);
}

} // namespace ui
