#include "ui/connect/TerminalChoicePage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"
#include "ui/terminal/TerminalChoices.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QFontInfo>

namespace ui {
namespace {

namespace fields = profiles::fields;
using profiles::TerminalChoice;

// The first item: what holds if nothing is said here.
constexpr int inheritedItem = 0;
constexpr int widestBox = 24; // characters; what is longer is seen in the list

QComboBox *createBox(const char *name)
{
    auto *box = new QComboBox;
    box->setObjectName(QString::fromLatin1(name));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setMinimumContentsLength(widestBox);
    box->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    box->addItem(QString(), QString());
    return box;
}

// A value of a newer Ponto, or one that is not there any more, is kept.
void choose(QComboBox &box, const QString &value)
{
    if (box.findData(value) < 0) {
        box.addItem(base::displayText(value), value);
    }
    box.setCurrentIndex(box.findData(value));
}

QString textOf(const QComboBox &box, const QString &value)
{
    const int index = value.isEmpty() ? -1 : box.findData(value);
    return index < 0 ? base::displayText(value) : box.itemText(index);
}

} // namespace

TerminalChoicePage::TerminalChoicePage(const settings::Settings &settings, QWidget *parent)
    : ProfilePage(tr("Terminal"), parent)
    , m_colors(createBox("profileTerminalColors"))
    , m_family(createBox("profileTerminalFont"))
    , m_points(new InheritedNumberBox(TerminalChoice::smallestPoints, TerminalChoice::largestPoints,
                                      tr(" pt")))
    , m_log(createBox("profileTerminalLog"))
{
    addTerminalColors(*m_colors, settings);
    m_family->addItem(tr("The system's font of fixed width"), QString(TerminalChoice::systemFont));
    m_points->setObjectName(QStringLiteral("profileTerminalFontSize"));
    addLogForms(*m_log);
    addRow(tr("C&olors"), m_colors);
    addRow(tr("&Font"), m_family);
    addRow(tr("Si&ze"), m_points);
    addRow(tr("Lo&g"), m_log);
    addRow(new PlainLabel(tr("What the terminal shows goes into a file, and can be searched in "
                             "“Past logs”. What is typed is never logged."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_colors);
}

// To look at each font takes a while, and most editors are closed without that page.
void TerminalChoicePage::showEvent(QShowEvent *event)
{
    ProfilePage::showEvent(event);
    if (!m_hasFamilies) {
        addFamilies();
    }
}

void TerminalChoicePage::addFamilies()
{
    m_hasFamilies = true;
    for (const QString &family : QFontDatabase::families()) {
        if (QFontDatabase::isFixedPitch(family) && !QFontDatabase::isPrivateFamily(family)
            && m_family->findData(family) < 0) {
            m_family->addItem(family, family);
        }
    }
}

void TerminalChoicePage::load(const profiles::Profile &profile)
{
    choose(*m_colors, profile.terminal.colors);
    choose(*m_family, profile.terminal.fontFamily);
    const int points = profile.terminal.fontPoints;
    m_points->load(points > 0 ? std::optional(points) : std::nullopt);
    choose(*m_log, profile.terminal.log);
}

void TerminalChoicePage::store(profiles::Profile &profile) const
{
    profile.terminal.colors = m_colors->currentData().toString();
    profile.terminal.fontFamily = m_family->currentData().toString();
    profile.terminal.fontPoints = m_points->own().value_or(0);
    profile.terminal.log = m_log->currentData().toString();
}

void TerminalChoicePage::showInherited(const profiles::EffectiveProfile &inherited)
{
    const TerminalChoice &terminal = inherited.profile.terminal;
    m_colors->setItemText(inheritedItem,
                          inheritedText(textOf(*m_colors, terminal.colors),
                                        inherited.origin(fields::terminalColors)));
    const QString family
        = terminal.fontFamily.isEmpty() ? QString(TerminalChoice::systemFont) : terminal.fontFamily;
    m_family->setItemText(
        inheritedItem,
        inheritedText(textOf(*m_family, family), inherited.origin(fields::terminalFontFamily)));
    const int systems = QFontInfo(QFontDatabase::systemFont(QFontDatabase::FixedFont)).pointSize();
    m_points->showInherited(terminal.fontPoints > 0 ? terminal.fontPoints : systems,
                            inherited.origin(fields::terminalFontPoints));
    m_log->setItemText(
        inheritedItem,
        inheritedText(textOf(*m_log, terminal.log), inherited.origin(fields::terminalLog)));
}

} // namespace ui
