// TerminalView: the terminal as a widget. It draws what PtyInput gives it and tells what is typed;
// it knows nothing of connections. TerminalBridge joins it to a shell.
//
// Inside is a QTermWidget, of which nothing is visible outside of this class.

#pragma once

#include "terminal/PasteText.h"
#include "terminal/SequencePolicy.h"
#include "ui/terminal/TerminalAppearance.h"

#include <QWidget>

#include <memory>

class QAction;
class QIODevice;
class QKeyEvent;
class QMenu;
class QTermWidget;
class QUrl;

namespace ui {

class AccessibleScreen;
class BellFlash;
class Paste;
class PasteBar;
class PromptMarks;
class ScreenSize;
class ScreenText;
class ShellCommands;
class LinkHover;
class TerminalLinks;
class TerminalSearch;

class TerminalView final : public QWidget
{
    Q_OBJECT

public:
    explicit TerminalView(QWidget *parent = nullptr);
    ~TerminalView() override;

    // For the accessible name, "Terminal on web01".
    void setHost(const QString &host);

    // What was zoomed stays so.
    void setAppearance(const TerminalAppearance &appearance);

    // The slave side of the pty from which the screen is drawn: borrowed, for PtyInput.
    int inputDescriptor() const;

    // In character cells. Until the first resized() they are what the widget begins with.
    int columns() const;
    int rows() const;

    // Of the shell, as far as it tells: where relative paths on the screen begin.
    void setDirectory(const QByteArray &path);

    // What the program in the terminal has asked for.
    void setModes(terminal::TerminalModes modes);

    // Lines that have scrolled out of the screen and are kept: as many as the appearance says.
    int scrollbackLines() const;

    // Writes scrollback and screen as UTF-8 text.
    void saveText(QIODevice &device) const;

    // Of the shell, as far as it tells them.
    PromptMarks &prompts() { return *m_prompts; }
    AccessibleScreen &accessibleScreen() const { return *m_accessible; }
    ShellCommands &commands() const { return *m_commands; }

    // As if it had been typed: for what the user has asked for. As bytes, as a key of this keyboard
    // (which each terminal sends as its program wants), or as pasted text without a question.
    void type(const QByteArray &bytes);
    void press(const QKeyEvent &key);
    void pasteUnasked(const terminal::PasteText &text);
    // For text that comes from elsewhere than keys and clipboard.
    Paste &pasting() const { return *m_paste; }
    // What things are dropped on.
    QWidget &dropArea() const { return *m_display; }

    // Why to be careful with what is pasted here, a sentence; then it is always asked about. Empty:
    // as the appearance says.
    void setCaution(const QString &caution);

public slots:
    void copy();
    void paste();
    void find();
    void goToPreviousPrompt();
    void goToNextPrompt();
    void clearScrollback();
    void saveOutput(); // asks for a file
    void zoomIn();
    void zoomOut();
    void resetZoom();

signals:
    void typed(const QByteArray &bytes); // keys, pasted text, and the widget's answers to queries
    // What of it the user has entered, for other terminals: a key, text of an input method, and
    // pasted text.
    void keyPressed(const QKeyEvent &key);
    void textEntered(const QString &text);
    void textPasted(const terminal::PasteText &text);

    void resized(int columns, int rows); // both at least 2, and different from the last time
    void menuOpening(QMenu &menu); // for entries of the surroundings
    void pathActivated(const QByteArray &path); // absolute, on the server
    void serverLinkActivated(const QUrl &url); // ssh or sftp
    void bellRang(); // unless the appearance says that it is to be silent
    void notSaved(const QString &path, const QString &why); // the output; both to be shown

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;

private:
    void setUpTerminal();
    void setUpActions();
    void setUpPaste();
    void setUpSearch();
    void handleBell();
    bool handleClick(const QMouseEvent &click);
    void fillMenu(QMenu &menu, QPoint place);
    void followPalette();
    void zoomBy(int points);
    void applyFont();
    void writeOutput(const QString &path);
    void applyPasteRule();

    QTermWidget *m_terminal;
    QWidget *m_display; // the child of m_terminal that has the focus and draws
    Paste *m_paste;
    PasteBar *m_pasteBar;
    std::unique_ptr<ScreenText> m_text;
    std::unique_ptr<PromptMarks> m_prompts;
    ShellCommands *m_commands;
    AccessibleScreen *m_accessible;
    TerminalSearch *m_search;
    TerminalLinks *m_links;
    LinkHover *m_hover;
    BellFlash *m_flash;
    ScreenSize *m_size;
    TerminalAppearance m_appearance;
    bool m_isCautious = false;
    int m_zoom = 0; // points more than the appearance says
    terminal::TerminalModes m_modes;
};

} // namespace ui
