#include "ui/files/PanePlaceholder.h"

#include "ui/files/PanePlace.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

PanePlaceholder::PanePlaceholder(const QString &idPrefix, QWidget *parent)
    : QWidget(parent)
    , m_text(new QLabel(this))
    , m_connect(new QPushButton(tr("Connect"), this))
{
    m_text->setObjectName(idPrefix + QStringLiteral("Placeholder"));
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignCenter);
    m_text->setWordWrap(true);
    m_text->setForegroundRole(QPalette::PlaceholderText);
    m_connect->setObjectName(idPrefix + QStringLiteral("Connect"));
    m_connect->setToolTip(tr("Show the tab of this server, which connects to it"));
    auto *layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(m_text);
    layout->addWidget(m_connect, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_connect, &QPushButton::clicked, this, &PanePlaceholder::connectRequested);
}

void PanePlaceholder::showPlace(const PanePlace &place)
{
    m_text->setText(place.label().isEmpty() ? tr("Not connected")
                                            : tr("Not connected to %1").arg(place.label()));
    m_connect->setVisible(place.waitsForTab());
}

} // namespace ui
