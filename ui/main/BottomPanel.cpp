#include "ui/main/BottomPanel.h"

#include "ui/transfers/TransferPanel.h"

#include <QLocale>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {
BottomPanel::BottomPanel(QWidget *parent)
    : QWidget(parent)
    , m_toggle(new QToolButton(this))
    , m_transfers(new TransferPanel(this))
{
    m_toggle->setObjectName(QStringLiteral("transfersToggle"));
    m_toggle->setCheckable(true);
    m_toggle->setAutoRaise(true);
    m_toggle->setArrowType(Qt::RightArrow);
    m_toggle->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_transfers->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Maximum);
    m_transfers->hide();
    updateTitle(0);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->setSpacing(2);
    layout->addWidget(m_toggle);
    layout->addWidget(m_transfers);
    connect(m_toggle, &QToolButton::toggled, this, [this](bool open) {
        m_transfers->setVisible(open);
        m_toggle->setArrowType(open ? Qt::DownArrow : Qt::RightArrow);
    });
    connect(m_transfers, &TransferPanel::unfinishedCountChanged, this, [this](int count) {
        updateTitle(count);
        if (count > 0) {
            unfold();
        }
    });
    connect(m_transfers, &TransferPanel::attentionNeeded, this, &BottomPanel::unfold);
}

void BottomPanel::unfold()
{
    m_toggle->setChecked(true);
}

void BottomPanel::updateTitle(int unfinished)
{
    m_toggle->setText(unfinished == 0 ? tr("Transfers")
                                      : tr("Transfers (%1)").arg(QLocale().toString(unfinished)));
}

} // namespace ui
