#include "ui/terminal/TerminalView.h"

#include "base/DisplayText.h"
#include "ui/keyboard/KeyBindings.h"
#include "ui/keyboard/WindowKeys.h"
#include "ui/terminal/AccessibleScreen.h"
#include "ui/terminal/BellFlash.h"
#include "ui/terminal/LinkHover.h"
#include "ui/terminal/Paste.h"
#include "ui/terminal/PasteBar.h"
#include "ui/terminal/PromptMarks.h"
#include "ui/terminal/ScreenSize.h"
#include "ui/terminal/ScreenText.h"
#include "ui/terminal/ShellCommands.h"
#include "ui/terminal/TerminalAccessible.h"
#include "ui/terminal/TerminalLinks.h"
#include "ui/terminal/TerminalSearch.h"
#include "ui/terminal/ViewActions.h"

#include <QAction>
#include <QContextMenuEvent>
#include <QCoreApplication>
#include <QFileDialog>
#include <QFontDatabase>
#include <QFontInfo>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QPaintEvent>
#include <QPalette>
#include <QResizeEvent>
#include <QSaveFile>
#include <qtermwidget.h>
#include <QVBoxLayout>
#include <QWheelEvent>

#include <algorithm>

namespace ui {
namespace {

constexpr int marginPixels = 4;

} // namespace

TerminalView::TerminalView(QWidget *parent)
    : QWidget(parent)
    , m_terminal(new QTermWidget(0, this))
    , m_display(m_terminal->focusProxy())
    , m_paste(new Paste(*m_display, this))
    , m_pasteBar(new PasteBar(*m_paste, this))
    , m_text(std::make_unique<ScreenText>(*m_terminal))
    , m_prompts(std::make_unique<PromptMarks>(*m_text))
    , m_commands(new ShellCommands(*m_text, this))
    , m_accessible(new AccessibleScreen(*m_text, *m_terminal, *m_display, this))
    , m_search(new TerminalSearch(*m_text, this))
    , m_links(new TerminalLinks(*m_terminal, this))
    , m_hover(new LinkHover(*m_text, *m_links, *m_display))
    , m_flash(new BellFlash(this))
    , m_size(new ScreenSize(*m_terminal, *m_display, this))
{
    setObjectName(QStringLiteral("terminalView"));
    TerminalAccessible::install();
    setAccessibleName(tr("Terminal"));
    setFocusProxy(m_display);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(marginPixels, marginPixels, 0, 0);
    layout->addWidget(m_terminal);

    setUpTerminal();
    setUpActions();
    setUpPaste();
    setUpSearch();

    connect(m_size, &ScreenSize::changed, this, &TerminalView::resized);
    m_display->installEventFilter(this);
    m_size->takeUsual();
}

TerminalView::~TerminalView() = default;

void TerminalView::setUpTerminal()
{
    m_terminal->setFlowControlEnabled(false); // Ctrl+S and Ctrl+Q belong to the program
    m_terminal->setFlowControlWarningEnabled(false);
    m_terminal->setConfirmMultilinePaste(false); // a modal box; Paste asks in its own way
    m_appearance.font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    m_terminal->setHistorySize(m_appearance.scrollbackLines);
    m_terminal->setTerminalFont(m_appearance.font);
    m_terminal->setScrollBarPosition(QTermWidgetInterface::ScrollBarRight);
    m_terminal->setMargin(
        0); // the widget underlines addresses too high by its margin: see paintEvent()
    m_terminal->setTerminalSizeHint(false); // a box with the size in the middle, at every resize
    followPalette();
    m_terminal->startTerminalTeletype();

    connect(m_terminal, &QTermWidget::sendData, this, [this](const char *bytes, int count) {
        if (count > 0) { // a modifier key alone sends nothing
            emit typed(QByteArray(bytes, count));
        }
    });
    connect(m_links, &TerminalLinks::serverActivated, this, &TerminalView::serverLinkActivated);
    connect(m_terminal, &QTermWidget::bell, this, &TerminalView::handleBell);
}

void TerminalView::setUpActions()
{
    for (const ViewAction &entry : viewActions()) {
        auto *action = new QAction(entry.title, this);
        KeyBindings::shared().bind(*action, KeyBindings::Scope::Terminal,
                                   QString::fromLatin1(entry.name), entry.usualKeys);
        action->setShortcutContext(Qt::WidgetWithChildrenShortcut);
        connect(action, &QAction::triggered, this, entry.call);
        addAction(action);
    }
}

void TerminalView::setUpPaste()
{
    connect(m_paste, &Paste::pasted, this,
            [this](const QByteArray &bytes, const terminal::PasteText &text) {
                type(bytes);
                emit textPasted(text);
            });
    connect(m_pasteBar, &PasteBar::closed, this,
            [this] { m_display->setFocus(Qt::OtherFocusReason); });
}

void TerminalView::setCaution(const QString &caution)
{
    m_pasteBar->setCaution(caution);
    m_isCautious = !caution.isEmpty();
    applyPasteRule();
}

void TerminalView::applyPasteRule()
{
    m_paste->setRule(m_isCautious ? PasteRule::Always : m_appearance.pasteRule);
}

void TerminalView::setUpSearch()
{
    connect(m_terminal, &QTermWidget::receivedData, m_search, &TerminalSearch::noteOutput);
    connect(m_search, &TerminalSearch::closed, this, [this] { m_display->setFocus(); });
}

void TerminalView::setHost(const QString &host)
{
    setAccessibleName(tr("Terminal on %1").arg(host));
}

void TerminalView::setAppearance(const TerminalAppearance &appearance)
{
    using Shape = QTermWidget::KeyboardCursorShape;
    if (appearance == m_appearance) {
        return;
    }
    const bool isScrollbackOther = appearance.scrollbackLines != m_appearance.scrollbackLines;
    m_appearance = appearance;
    if (isScrollbackOther) {
        // Never negative: that would be a plain temporary file on disk.
        m_terminal->setHistorySize(appearance.scrollbackLines);
    }
    switch (appearance.cursor) {
    case TerminalAppearance::Cursor::Block:
        m_terminal->setKeyboardCursorShape(Shape::BlockCursor);
        break;
    case TerminalAppearance::Cursor::Underline:
        m_terminal->setKeyboardCursorShape(Shape::UnderlineCursor);
        break;
    case TerminalAppearance::Cursor::Bar:
        m_terminal->setKeyboardCursorShape(Shape::IBeamCursor);
        break;
    }
    m_terminal->setBlinkingCursor(appearance.isCursorBlinking);
    applyFont();
    applyPasteRule();
    followPalette();
}

void TerminalView::zoomIn()
{
    zoomBy(1);
}

void TerminalView::zoomOut()
{
    zoomBy(-1);
}

void TerminalView::resetZoom()
{
    zoomBy(-m_zoom);
}

void TerminalView::zoomBy(int points)
{
    const int usual = QFontInfo(m_appearance.font).pointSize();
    m_zoom = std::clamp(usual + m_zoom + points, TerminalAppearance::smallestPoints,
                        TerminalAppearance::largestPoints)
        - usual;
    applyFont();
}

void TerminalView::applyFont()
{
    QFont font = m_appearance.font;
    font.setPointSize(QFontInfo(font).pointSize() + m_zoom); // it may be given in pixels
    m_terminal->setTerminalFont(font);
    m_size->check();
}

int TerminalView::inputDescriptor() const
{
    return m_terminal->getPtySlaveFd();
}

int TerminalView::columns() const
{
    return m_terminal->screenColumnsCount();
}

int TerminalView::rows() const
{
    return m_terminal->screenLinesCount();
}

void TerminalView::setModes(terminal::TerminalModes modes)
{
    m_modes = modes;
    m_hover->setMouseTaken(modes.mouseTracking);
    m_paste->setModes(modes);
}

int TerminalView::scrollbackLines() const
{
    return m_terminal->historyLinesCount();
}

void TerminalView::saveText(QIODevice &device) const
{
    m_terminal->saveHistory(&device);
}

void TerminalView::type(const QByteArray &bytes)
{
    m_terminal->scrollToEnd();
    emit typed(bytes);
}

void TerminalView::press(const QKeyEvent &key)
{
    QKeyEvent copy(key.type(), key.key(), key.modifiers(), key.nativeScanCode(),
                   key.nativeVirtualKey(), key.nativeModifiers(), key.text(), key.isAutoRepeat(),
                   static_cast<quint16>(key.count()));
    QCoreApplication::sendEvent(m_display, &copy);
}

void TerminalView::pasteUnasked(const terminal::PasteText &text)
{
    m_paste->send(text);
}

void TerminalView::copy()
{
    m_terminal->copyClipboard();
}

void TerminalView::paste()
{
    m_paste->pasteClipboard();
}

void TerminalView::find()
{
    const QString selected = m_terminal->selectedText();
    m_search->open(selected.contains(u'\n') ? QString() : selected);
}

void TerminalView::goToPreviousPrompt()
{
    m_prompts->go(PromptMarks::Direction::Up);
}

void TerminalView::goToNextPrompt()
{
    m_prompts->go(PromptMarks::Direction::Down);
}

void TerminalView::handleBell()
{
    if (m_appearance.bell == TerminalAppearance::Bell::None) {
        return;
    }
    if (m_appearance.bell == TerminalAppearance::Bell::Visual) {
        m_flash->flash();
    }
    emit bellRang();
}

void TerminalView::clearScrollback()
{
    // QTermWidget::clear() would also reset the modes under a running program.
    m_terminal->setHistorySize(0);
    m_terminal->setHistorySize(m_appearance.scrollbackLines);
}

void TerminalView::saveOutput()
{
    auto *dialog = new QFileDialog(this, tr("Save output"));
    dialog->setObjectName(QStringLiteral("saveOutputDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(QStringLiteral("txt"));
    connect(dialog, &QFileDialog::fileSelected, this, &TerminalView::writeOutput);
    dialog->open();
}

// At most some megabytes, of which the whole appears or nothing does.
void TerminalView::writeOutput(const QString &path)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        saveText(file);
    }
    if (!file.commit()) {
        emit notSaved(base::displayText(path), file.errorString());
    }
}

void TerminalView::followPalette()
{
    if (!m_appearance.schemeFile.isEmpty()) {
        m_terminal->setColorScheme(m_appearance.schemeFile);
        return;
    }
    constexpr int middle = 128;
    const bool isWindowDark = palette().color(QPalette::Window).lightness() < middle;
    const bool isDark = m_appearance.colors == TerminalAppearance::Colors::System
        ? isWindowDark
        : m_appearance.colors == TerminalAppearance::Colors::Dark;
    // Our own: on the white of those that come with the widget, bold green can hardly be read.
    m_terminal->setColorScheme(isDark ? QStringLiteral(":/terminal/PontoDark.colorscheme")
                                      : QStringLiteral(":/terminal/PontoLight.colorscheme"));
}

void TerminalView::setDirectory(const QByteArray &path)
{
    m_hover->setDirectory(path);
}

// With Ctrl, as for addresses. True if it was for a path.
bool TerminalView::handleClick(const QMouseEvent &click)
{
    const bool isOurs = click.button() == Qt::LeftButton && click.modifiers() == Qt::ControlModifier
        && !m_modes.mouseTracking;
    const QByteArray path = isOurs ? m_hover->pathAt(click.position().toPoint()) : QByteArray();
    if (path.isEmpty()) {
        return false;
    }
    emit pathActivated(path);
    return true;
}

// What can be done with what stands there.
void TerminalView::fillMenu(QMenu &menu, QPoint place)
{
    m_links->fillMenu(menu, m_terminal->mapFromGlobal(m_display->mapToGlobal(place)));
    const QByteArray path = m_hover->pathAt(place);
    if (!path.isEmpty()) {
        QAction *first = menu.actions().value(0);
        auto *show = new QAction(tr("S&how in the files"), &menu);
        connect(show, &QAction::triggered, this, [this, path] { emit pathActivated(path); });
        menu.insertAction(first, show);
        menu.insertSeparator(first);
    }
}

bool TerminalView::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::ShortcutOverride: // accepted: the key is typed here and no shortcut anywhere
        event->setAccepted(!belongsToWindow(*static_cast<QKeyEvent *>(event)));
        return true;
    case QEvent::KeyPress: // a key of the window comes here if no shortcut has it just now
        if (isWindowLetter(*static_cast<QKeyEvent *>(event))) {
            return true;
        }
        emit keyPressed(*static_cast<QKeyEvent *>(event));
        break;
    case QEvent::InputMethod:
        if (const QString text = static_cast<QInputMethodEvent *>(event)->commitString();
            !text.isEmpty()) {
            emit textEntered(text);
        }
        break;
    case QEvent::MouseButtonPress:
        if (handleClick(*static_cast<QMouseEvent *>(event))) {
            return true;
        }
        break;
    case QEvent::Wheel:
        if (const auto *wheel = static_cast<QWheelEvent *>(event);
            wheel->modifiers() == Qt::ControlModifier && wheel->angleDelta().y() != 0) {
            zoomBy(wheel->angleDelta().y() > 0 ? 1 : -1);
            return true;
        }
        break;
    default:
        break;
    }
    return QWidget::eventFilter(watched, event);
}

void TerminalView::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange) {
        followPalette();
    }
    QWidget::changeEvent(event);
}

// The margin looks like the screen.
void TerminalView::paintEvent(QPaintEvent *event)
{
    QPainter(this).fillRect(event->rect(), m_display->palette().color(m_display->backgroundRole()));
}

void TerminalView::resizeEvent(QResizeEvent *event)
{
    m_search->place();
    QWidget::resizeEvent(event);
}

void TerminalView::contextMenuEvent(QContextMenuEvent *event)
{
    const bool isClick = event->reason() == QContextMenuEvent::Mouse;
    if (isClick && m_modes.mouseTracking && !event->modifiers().testFlag(Qt::ShiftModifier)) {
        return; // the click went to the program
    }
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("terminalMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->addActions(actions());
    if (isClick) {
        fillMenu(*menu, m_display->mapFromGlobal(event->globalPos()));
    }
    emit menuOpening(*menu);
    menu->popup(event->globalPos());
}

} // namespace ui
