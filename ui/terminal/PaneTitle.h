// PaneTitle: the line above one of several terminals: what runs in it, and buttons that zoom and
// close it. The terminal that takes what is typed has it in the color of what is chosen.

#pragma once

#include <QWidget>

class QToolButton;

namespace ui {

class PaneTitle final : public QWidget
{
    Q_OBJECT

public:
    explicit PaneTitle(QWidget *parent = nullptr);

    // One plain line; what does not fit is cut off at its end.
    void setText(const QString &text);
    const QString &text() const { return m_text; }

    void setCurrent(bool current);
    void setZoomed(bool zoomed);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void pressed();
    void zoomRequested();
    void closeRequested();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;

private:
    QToolButton *createButton(const char *name, const char *icon, const QString &text);
    int margin() const;

    QToolButton *m_zoom;
    QToolButton *m_close;
    QString m_text;
    bool m_isCurrent = false;
};

} // namespace ui
