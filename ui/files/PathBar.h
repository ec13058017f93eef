// PathBar: where a file pane is, and the way elsewhere: a field that shows the path and takes
// another, beside buttons for the actions that it is given.

#pragma once

#include "files/FilePath.h"

#include <QLineEdit>

namespace ui {

class PathBar final : public QLineEdit
{
    Q_OBJECT

public:
    explicit PathBar(QWidget *parent = nullptr);

    // Replaces what is shown; what the user is typing at the moment stays.
    void setPath(const files::FilePath &path);
    // Shows the path again in place of what was typed.
    void restore();

signals:
    void pathEntered(const files::FilePath &path); // Enter
    void left(); // Escape

protected:
    void keyPressEvent(QKeyEvent *event) override;

private:
    files::FilePath typedPath() const;

    files::FilePath m_path;
};

} // namespace ui
