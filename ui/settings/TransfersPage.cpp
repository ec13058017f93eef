#include "ui/settings/TransfersPage.h"

#include "settings/Settings.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

TransfersPage::TransfersPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Transfers"), parent)
    , m_settings(settings)
    , m_links(new QComboBox)
{
    createFields();
    auto *label = new QLabel(tr("Symbolic &links"));
    label->setBuddy(m_links);
    auto *form = new QFormLayout;
    form->addRow(label, m_links);
    form->addRow(QString(),
                 new PlainLabel(tr("A link that is copied as a link must stay within what is "
                                   "copied. One that is followed may lead anywhere: what it leads "
                                   "to is copied under its name."),
                                PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
}

void TransfersPage::createFields()
{
    m_links->setObjectName(QStringLiteral("settingsLinks"));
    m_links->setAccessibleName(tr("Symbolic links"));
    m_links->addItem(tr("Copy as links"), QStringLiteral("copy"));
    m_links->addItem(tr("Follow"), QStringLiteral("follow"));
    m_links->addItem(tr("Skip"), QStringLiteral("skip"));
    connect(m_links, &QComboBox::activated, this, [this] {
        m_settings.setValue(settings::keys::transferLinks, m_links->currentData().toString());
    });
}

void TransfersPage::load()
{
    // A word that nobody knows is the default, as for the transfers.
    const int index = m_links->findData(m_settings.value(settings::keys::transferLinks));
    m_links->setCurrentIndex(std::max(0, index));
}

} // namespace ui
