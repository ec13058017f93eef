#include "ui/terminal/TerminalPane.h"

#include "ui/errors/ErrorText.h"
#include "ui/terminal/PaneTitle.h"
#include "ui/terminal/TerminalBridge.h"
#include "ui/terminal/TerminalRecorder.h"
#include "ui/terminal/TerminalView.h"
#include "ui/widgets/NoticeBar.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>
#include <QVBoxLayout>

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

} // namespace

TerminalPane::TerminalPane(QWidget *parent)
    : QWidget(parent)
    , m_title(new PaneTitle)
    , m_notice(new NoticeBar(Theme::Meaning::Subtle))
    , m_warning(new NoticeBar(Theme::Meaning::Warning))
    , m_clipboard(new NoticeBar(Theme::Meaning::Warning))
    , m_view(new TerminalView)
    , m_bridge(new TerminalBridge(*m_view))
    , m_recorder(new TerminalRecorder(*m_bridge, *this, this))
{
    setObjectName(QStringLiteral("terminalPane"));
    setFocusProxy(m_view);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(0);
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
    connect(m_recorder, &TerminalRecorder::failed, this, &TerminalPane::showNotice);
    connect(m_recorder, &TerminalRecorder::changed, this, [this] {
        updateTitle();
        emit recordingChanged();
    });
    connect(m_view, &TerminalView::notSaved, this, [this](const QString &path, const QString &why) {
        showNotice(tr("The output was not saved as %1: %2. Choose another place.").arg(path, why));
    });
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
    connect(m_bridge, &TerminalBridge::commandFinished, this,
            [this] { emit happened(TerminalMark::Finished); });
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
    m_ending = exitStatus ? tr("ended with status %1").arg(*exitStatus) : tr("no terminal");
    m_remoteTitle.clear(); // it was that of a program that runs no more
    m_directory.clear();
    m_view->setDirectory({});
    emit happened(TerminalMark::Finished);
    const QString text = exitStatus
        ? tr("The shell ended with status %1.").arg(*exitStatus)
        : tr("There is no terminal: %1").arg(errorText(exitStatus.error()).why);
    m_bridge->announce(text);
    m_notice->showNotice(text, tr("New shell"), [this] {
        openShell();
        m_view->setFocus();
    });
    updateTitle();
}

void TerminalPane::setHost(const QString &host)
{
    m_view->setHost(host);
    m_recorder->setHost(host);
}

void TerminalPane::setNumber(int number)
{
    m_number = number;
    updateTitle();
}

void TerminalPane::updateTitle()
{
    const QString name = m_remoteTitle.isEmpty() ? tr("Terminal %1").arg(m_number) : m_remoteTitle;
    const QString text = m_ending.isEmpty() ? name : tr("%1 (%2)").arg(name, m_ending);
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

void TerminalPane::showNotice(const QString &text)
{
    m_warning->showNotice(text);
}

} // namespace ui
