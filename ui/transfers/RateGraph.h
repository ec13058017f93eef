// RateGraph: how fast all transfers were together in the last two minutes, as a small curve. In the
// bar of the transfer panel.

#pragma once

#include <QList>
#include <QWidget>

namespace ui {

class RateGraph final : public QWidget
{
    Q_OBJECT

public:
    explicit RateGraph(QWidget *parent = nullptr);

    // Bytes per second, one for each second; the newest is the last, at the right end.
    void setRates(const QList<quint64> &rates);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<quint64> m_rates;
};

} // namespace ui
