// PathCrumbs: the folders on the way to where a pane is, each to be clicked on or dropped on. For
// the mouse: with the keyboard the path is typed into the field that they lie on.

#pragma once

#include "files/FilePath.h"
#include "ui/files/DropChoice.h"

#include <QList>
#include <QWidget>

namespace ui {

class PathCrumbs final : public QWidget
{
    Q_OBJECT

public:
    explicit PathCrumbs(QWidget *parent = nullptr);

    void setPath(const files::FilePath &path); // absolute, or empty: none
    QRect areaOf(const files::FilePath &directory) const; // empty: there is no room for it
    void setOriginOf(OriginOf originOf) { m_originOf = std::move(originOf); }

signals:
    void chosen(const files::FilePath &directory);
    void newTabRequested(const files::FilePath &directory); // a click with the middle button
    void dropped(const ui::FileDrop &drop);
    void typingRequested(); // a click where no other folder is

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void leaveEvent(QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    struct Crumb
    {
        files::FilePath directory; // empty: stands for those that there is no room for
        QString text; // safe to show
        QRect area;
    };

    void arrange();
    qsizetype crumbAt(QPoint position) const; // -1: none
    bool canBeDroppedOn(qsizetype crumb) const;
    void setHot(qsizetype crumb);
    void showHidden(QPoint place);

    files::FilePath m_path;
    QList<Crumb> m_all; // from the root on
    QList<Crumb> m_shown; // those that there is room for
    qsizetype m_hot = -1; // of those shown: under the mouse
    OriginOf m_originOf;
};

} // namespace ui
