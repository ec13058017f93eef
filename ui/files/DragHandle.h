// DragHandle: something to take hold of and to drag to another program, where it stands for files
// of this computer.

#pragma once

#include "files/FilePath.h"

#include <QFrame>
#include <QList>

namespace ui {

class PlainLabel;

class DragHandle final : public QFrame
{
    Q_OBJECT

public:
    explicit DragHandle(QWidget *parent = nullptr);

    void setFiles(const QList<files::FilePath> &files);

signals:
    void taken(); // another program has accepted them

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;

private:
    QList<files::FilePath> m_files;
    PlainLabel *m_text;
    QPoint m_pressed;
};

} // namespace ui
