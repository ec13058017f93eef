#include "ui/settings/WindowPage.h"

#include "settings/Settings.h"
#include "ui/units/SizeText.h"
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
    , m_units(new QComboBox)
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
    addUnits(*form);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
}

void WindowPage::addUnits(QFormLayout &form)
{
    m_units->setObjectName(QStringLiteral("settingsSizeUnits"));
    m_units->setAccessibleName(tr("Sizes in"));
    for (const SizeUnits units :
         {SizeUnits::Traditional, SizeUnits::Iec, SizeUnits::Si, SizeUnits::Bytes}) {
        m_units->addItem(textOf(units), nameOf(units));
    }
    connect(m_units, &QComboBox::activated, this, [this] {
        m_settings.setValue(settings::keys::sizeUnits, m_units->currentData().toString());
    });
    auto *label = new QLabel(tr("&Sizes in"));
    label->setBuddy(m_units);
    form.addRow(label, m_units);
}

void WindowPage::load()
{
    const int index = m_tabs->findData(m_settings.value(settings::keys::reopenTabs));
    m_tabs->setCurrentIndex(std::max(0, index));
    const int units = m_units->findData(m_settings.value(settings::keys::sizeUnits));
    m_units->setCurrentIndex(std::max(0, units));
}

} // namespace ui
