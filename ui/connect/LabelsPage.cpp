#include "ui/connect/LabelsPage.h"

#include "base/DisplayText.h"
#include "ui/connect/EnvironmentText.h"
#include "ui/connect/InheritedFields.h"
#include "ui/connect/SessionColor.h"
#include "ui/connect/SessionIcon.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QLineEdit>

namespace ui {
namespace {

namespace fields = profiles::fields;
using profiles::EnvironmentClass;

constexpr int inheritedClass = -1;

// In the box: no color, although the group has one.
constexpr QLatin1StringView noColor("none");

// Instead of what the groups say.
constexpr QLatin1StringView nothing("none");

QString textOf(EnvironmentClass environmentClass)
{
    return environmentClass == EnvironmentClass::None ? LabelsPage::tr("None of these")
                                                      : environmentText(environmentClass);
}

} // namespace

LabelsPage::LabelsPage(QWidget *parent)
    : ProfilePage(tr("Labels"), parent)
    , m_class(new QComboBox)
    , m_color(new QComboBox)
    , m_icon(new QComboBox)
    , m_tags(createLine(QStringLiteral("profileTags"), tr("for example web, Berlin")))
{
    m_class->setObjectName(QStringLiteral("profileEnvironmentClass"));
    m_class->addItem(QString(), inheritedClass);
    for (const EnvironmentClass environmentClass :
         {EnvironmentClass::Production, EnvironmentClass::Staging, EnvironmentClass::Development,
          EnvironmentClass::None}) {
        m_class->addItem(textOf(environmentClass), static_cast<int>(environmentClass));
    }
    m_tags->setToolTip(tr("Words with commas between them. “none” goes without the group's."));
    addRow(tr("Enviro&nment"), m_class);
    addRow(new PlainLabel(tr("Its tabs and a frame around them have a color of their own, so that "
                             "you see where you are typing."),
                          PlainLabel::Role::Subtle));
    m_color->setObjectName(QStringLiteral("profileColor"));
    m_color->addItem(QString(), QString());
    m_color->addItem(tr("None"), noColor);
    addSessionColors(*m_color);
    addRow(tr("&Color"), m_color);
    m_icon->setObjectName(QStringLiteral("profileIcon"));
    m_icon->addItem(QString(), QString());
    addSessionIcons(*m_icon);
    addRow(tr("&Icon"), m_icon);
    addRow(tr("&Tags"), m_tags);
    addRow(
        new PlainLabel(tr("The filter above the sessions finds them."), PlainLabel::Role::Subtle));
    setFocusProxy(m_class);
}

bool LabelsPage::hasNoTags() const
{
    return m_tags->text().trimmed() == nothing;
}

void LabelsPage::load(const profiles::Profile &profile)
{
    const bool isOwn = profile.isOwn(fields::environmentClass);
    m_class->setCurrentIndex(
        m_class->findData(isOwn ? static_cast<int>(profile.environmentClass) : inheritedClass));
    loadColor(profile);
    loadIcon(profile);
    const bool isBare = profile.tags.isEmpty() && profile.isOwn(fields::tags);
    m_tags->setText(isBare ? QString(nothing) : profile.tags.join(QStringLiteral(", ")));
}

// A color of a newer Ponto is kept.
void LabelsPage::loadColor(const profiles::Profile &profile)
{
    const bool isNone = profile.color.isEmpty() && profile.isOwn(fields::color);
    const QString value = isNone ? QString(noColor) : profile.color;
    if (m_color->findData(value) < 0) {
        m_color->addItem(sessionColorText(value), value);
    }
    m_color->setCurrentIndex(m_color->findData(value));
}

// Likewise. Instead of a group's icon there is always another one: none needs no name.
void LabelsPage::loadIcon(const profiles::Profile &profile)
{
    if (m_icon->findData(profile.icon) < 0) {
        m_icon->addItem(sessionIcon(profile.icon), sessionIconText(profile.icon), profile.icon);
    }
    m_icon->setCurrentIndex(m_icon->findData(profile.icon));
}

void LabelsPage::store(profiles::Profile &profile) const
{
    const int chosen = m_class->currentData().toInt();
    profile.environmentClass
        = chosen == inheritedClass ? EnvironmentClass::None : static_cast<EnvironmentClass>(chosen);
    profile.keepDefault(fields::environmentClass, chosen != inheritedClass);
    const QString color = m_color->currentData().toString();
    profile.color = color == noColor ? QString() : color;
    profile.keepDefault(fields::color, color == noColor);
    profile.icon = m_icon->currentData().toString();
    profile.tags
        = hasNoTags() ? QStringList() : profiles::normalizedTags(m_tags->text().split(u','));
    profile.keepDefault(fields::tags, hasNoTags());
}

void LabelsPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    const EnvironmentClass given = inherited.profile.environmentClass;
    m_class->setItemText(0,
                         inheritedText(textOf(given), inherited.origin(fields::environmentClass)));
    const QString color = inherited.profile.color;
    m_color->setItemText(0,
                         inheritedText(color.isEmpty() ? tr("None") : sessionColorText(color),
                                       inherited.origin(fields::color)));
    const QString icon
        = inherited.profile.icon.isEmpty() ? sessionIcons().first() : inherited.profile.icon;
    m_icon->setItemText(0, inheritedText(sessionIconText(icon), inherited.origin(fields::icon)));
    m_icon->setItemIcon(0, sessionIcon(icon));
    const QStringList &tags = inherited.profile.tags;
    m_tags->setPlaceholderText(
        tags.isEmpty() ? tr("for example web, Berlin")
                       : tr("%1 (“none” goes without)")
                             .arg(inheritedText(base::displayText(tags.join(QStringLiteral(", "))),
                                                inherited.origin(fields::tags))));
}

} // namespace ui
