// CloseKeys: Escape and Ctrl+W close a window beside the main one, where nothing in it has another
// use for the key: a question in it takes Escape for itself. Used by all such windows but those in
// which something is written.

#pragma once

#include <QObject>

class QWidget;

namespace ui {

class CloseKeys final : public QObject
{
    Q_OBJECT

public:
    // Belongs to the window, which may refuse as it may when its frame is used.
    explicit CloseKeys(QWidget &window);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget &m_window;
};

} // namespace ui
