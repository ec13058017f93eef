// FailureLabel: how a transfer failed, in one line in the color of danger. What has no room there
// is in its tooltip.

#pragma once

#include <QLabel>

namespace ui {

class FailureLabel final : public QLabel
{
    Q_OBJECT

public:
    explicit FailureLabel(const QString &text, QWidget *parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ui
