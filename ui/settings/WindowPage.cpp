#include "ui/settings/WindowPage.h"

#include "settings/Settings.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

WindowPage::WindowPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Window"), parent)
    , m_settings(settings)
    , m_tabs(new QComboBox)
{
    m_tabs->setObjectName(QStringLiteral("settingsReopenTabs"));
    m_tabs->setAccessibleName(tr("Tabs of the last time"));
    m_tabs->addItem(tr("Offer to open them again"), QStringLiteral("ask"));
    m_tabs->addItem(tr("Open them again"), QStringLiteral("always"));
    m_tabs->addItem(tr("Forget them"), QStringLiteral("never"));
    connect(m_tabs, &QComboBox::activated, this, [this] {
        m_settings.setValue(settings::keys::reopenTabs, m_tabs->currentData().toString());
    });
    auto *label = new QLabel(tr("&Tabs of the last time"));
    label->setBuddy(m_tabs);
    auto *form = new QFormLayout;
    form->addRow(label, m_tabs);
    form->addRow(QString(),
                 new PlainLabel(tr("A tab that is opened again connects when it comes to the front "
                                   "for the first time."),
                                PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
}

void WindowPage::load()
{
    const int index = m_tabs->findData(m_settings.value(settings::keys::reopenTabs));
    m_tabs->setCurrentIndex(std::max(0, index));
}

} // namespace ui
