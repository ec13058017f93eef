// PathBar: where a file pane is, and the way elsewhere: the folders on the way to it to click on,
// and with the focus a field that takes another path. Folders are offered while one is typed, and
// Tab completes it.

#pragma once

#include "files/FilePath.h"

#include <QLineEdit>

namespace files {
class FileSystem;
}

namespace ui {

class PathCompletion;
class PathCrumbs;

class PathBar final : public QLineEdit
{
    Q_OBJECT

public:
    explicit PathBar(QWidget *parent = nullptr);

    // Where folders are looked for. Borrowed, may be null.
    void setFileSystem(files::FileSystem *fileSystem);

    PathCrumbs &crumbs() const { return *m_crumbs; }

    // Replaces what is shown; what the user is typing at the moment stays.
    void setPath(const files::FilePath &path);
    // Shows the path again, unless the user is typing at the moment.
    void settle();
    // Shows the path again in place of what was typed.
    void restore();

signals:
    void pathEntered(const files::FilePath &path); // Enter
    void left(); // Escape

protected:
    bool event(QEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    bool isTouched() const;
    void showCrumbs();
    bool isTyping() const { return m_isTyping && hasFocus(); }
    files::FilePath typedPath() const;

    files::FilePath m_path;
    PathCompletion *m_completion;
    PathCrumbs *m_crumbs; // over the text while nobody types
    bool m_isTyping = false; // since the last Enter or Escape
};

} // namespace ui
