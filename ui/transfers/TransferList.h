// TransferList: the rows of the transfer panel in their order, which can be changed by dragging
// one to another place.

#pragma once

#include <QList>
#include <QWidget>

class QVBoxLayout;

namespace ui {

class TransferRow;

class TransferList final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferList(QWidget *parent = nullptr);

    const QList<TransferRow *> &rows() const { return m_rows; }
    void append(TransferRow *row); // takes ownership
    void remove(TransferRow *row);
    void setOrder(const QList<TransferRow *> &rows); // the same ones

signals:
    void dropped(ui::TransferRow *row, int index); // among the others, hidden ones included

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dragLeaveEvent(QDragLeaveEvent *event) override;
    void dropEvent(QDropEvent *event) override;

private:
    void startDrag(TransferRow *row);
    int indexAt(int y) const; // in front of which row
    void showMark(int y);

    QVBoxLayout *m_layout;
    QWidget *m_mark; // where a row would be dropped
    QList<TransferRow *> m_rows;
    QPoint m_pressed;
    TransferRow *m_dragged = nullptr; // while it is
};

} // namespace ui
