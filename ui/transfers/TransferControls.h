// TransferControls: the bar of the transfer panel for all transfers together: how far, how fast,
// how many at once, pause.

#pragma once

#include <QPointer>
#include <QWidget>

class QComboBox;
class QProgressBar;
class QSpinBox;
class QToolButton;

namespace transfer {
class TransferSchedule;
}

namespace ui {

class PlainLabel;
class RateGraph;

class TransferControls final : public QWidget
{
    Q_OBJECT

public:
    explicit TransferControls(QWidget *parent = nullptr);

    void setSchedule(transfer::TransferSchedule *schedule);

protected:
    void showEvent(QShowEvent *event) override;

private:
    void createWidgets();
    void createEndActions();
    void showEndAction();
    void showLimits();
    void showTotal();

    QPointer<transfer::TransferSchedule> m_schedule;
    QToolButton *m_pause;
    QComboBox *m_limit;
    QSpinBox *m_atOnce;
    QComboBox *m_end;
    QProgressBar *m_progress;
    PlainLabel *m_text;
    RateGraph *m_graph;
};

} // namespace ui
