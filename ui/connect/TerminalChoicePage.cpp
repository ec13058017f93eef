#include "ui/connect/TerminalChoicePage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"
#include "ui/terminal/TerminalChoices.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFontDatabase>
#include <QFontInfo>
#include <QLineEdit>

namespace ui {
namespace {

namespace fields = profiles::fields;
using profiles::TerminalChoice;

// The first item: what holds if nothing is said here.
constexpr int inheritedItem = 0;
constexpr int scrollbackStep = 1000; // lines
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
    , m_cursor(createBox("profileTerminalCursor"))
    , m_bell(createBox("profileTerminalBell"))
    , m_scrollback(
          new InheritedNumberBox(0, TerminalChoice::mostScrollback, tr(" lines"), tr("nothing")))
    , m_type(createLine(QStringLiteral("profileTerminalType"), TerminalChoice::usualType))
    , m_log(createBox("profileTerminalLog"))
{
    addTerminalColors(*m_colors, settings);
    m_family->addItem(tr("The system's font of fixed width"), QString(TerminalChoice::systemFont));
    m_points->setObjectName(QStringLiteral("profileTerminalFontSize"));
    addCursorShapes(*m_cursor);
    addBells(*m_bell);
    m_scrollback->setObjectName(QStringLiteral("profileTerminalScrollback"));
    m_scrollback->setSingleStep(scrollbackStep);
    m_type->setToolTip(tr("What TERM says to programs on the server. Others than the usual one are "
                          "for servers that do not know it."));
    addLogForms(*m_log);
    addRow(tr("C&olors"), m_colors);
    addRow(tr("&Font"), m_family);
    addRow(tr("Si&ze"), m_points);
    addRow(tr("C&ursor"), m_cursor);
    addRow(tr("&Bell"), m_bell);
    addRow(tr("&Keep"), m_scrollback);
    addRow(tr("T&ype (TERM)"), m_type);
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
    choose(*m_cursor, profile.terminal.cursor);
    choose(*m_bell, profile.terminal.bell);
    m_scrollback->load(profile.terminal.scrollback);
    m_type->setText(profile.terminal.type);
    choose(*m_log, profile.terminal.log);
}

void TerminalChoicePage::store(profiles::Profile &profile) const
{
    profile.terminal.colors = m_colors->currentData().toString();
    profile.terminal.fontFamily = m_family->currentData().toString();
    profile.terminal.fontPoints = m_points->own().value_or(0);
    profile.terminal.cursor = m_cursor->currentData().toString();
    profile.terminal.bell = m_bell->currentData().toString();
    profile.terminal.scrollback = m_scrollback->own();
    profile.terminal.type = m_type->text().trimmed();
    profile.terminal.log = m_log->currentData().toString();
}

void TerminalChoicePage::showInherited(const profiles::EffectiveProfile &inherited)
{
    const TerminalChoice &terminal = inherited.profile.terminal;
    const auto show = [&](QComboBox *box, const QString &value, QLatin1StringView field) {
        box->setItemText(inheritedItem,
                         inheritedText(textOf(*box, value), inherited.origin(field)));
    };
    show(m_colors, terminal.colors, fields::terminalColors);
    const QString family
        = terminal.fontFamily.isEmpty() ? QString(TerminalChoice::systemFont) : terminal.fontFamily;
    show(m_family, family, fields::terminalFontFamily);
    const int systems = QFontInfo(QFontDatabase::systemFont(QFontDatabase::FixedFont)).pointSize();
    m_points->showInherited(terminal.fontPoints > 0 ? terminal.fontPoints : systems,
                            inherited.origin(fields::terminalFontPoints));
    show(m_cursor, terminal.cursor, fields::terminalCursor);
    show(m_bell, terminal.bell, fields::terminalBell);
    m_scrollback->showInherited(terminal.scrollback.value_or(TerminalChoice::mostScrollback),
                                inherited.origin(fields::terminalScrollback));
    m_type->setPlaceholderText(
        inheritedText(base::displayText(terminal.type), inherited.origin(fields::terminalType)));
    show(m_log, terminal.log, fields::terminalLog);
}

QString TerminalChoicePage::problem() const
{
    const QString type = m_type->text().trimmed();
    return type.isEmpty() || TerminalChoice::isAcceptableType(type)
        ? QString()
        : tr("“%1” is no type of terminal: write one that the server knows, such as vt100 or "
             "xterm.")
              .arg(base::displayText(type));
}

} // namespace ui
