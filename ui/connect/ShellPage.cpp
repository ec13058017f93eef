#include "ui/connect/ShellPage.h"

#include "base/DisplayText.h"
#include "profiles/Variable.h"
#include "ui/connect/InheritedFields.h"
#include "ui/widgets/PlainLabel.h"

#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

namespace ui {
namespace {

namespace fields = profiles::fields;

// Instead of what the groups say; as ssh_config(5) has it for RemoteCommand.
constexpr QLatin1StringView nothing("none");

// What stands in a field that is left alone.
QString hint(const QString &value, const profiles::ValueOrigin &origin)
{
    return ShellPage::tr("%1 (“none” goes without)")
        .arg(inheritedText(base::displayText(value), origin));
}

} // namespace

ShellPage::ShellPage(QWidget *parent)
    : ProfilePage(tr("Shell"), parent)
    , m_command(createLine(QStringLiteral("profileStartupCommand"), tr("the login shell")))
    , m_environment(
          createLines(QStringLiteral("profileEnvironment"), tr("NAME=VALUE in each line")))
    , m_forwardAgent(new InheritedCheckBox(tr("&Forward the agent"), profiles::fields::forwardAgent,
                                           &profiles::Profile::forwardAgent))
    , m_asksForAgent(new InheritedCheckBox(tr("Ask each time a &key of it is used"),
                                           profiles::fields::asksForAgent,
                                           &profiles::Profile::asksForAgent))
    , m_forwardX11(new InheritedCheckBox(tr("Forward &X11"), profiles::fields::forwardX11,
                                         &profiles::Profile::forwardX11))
{
    m_command->setToolTip(
        tr("Runs in the terminal instead of the login shell. “none” is the login shell, whatever "
           "the group says."));
    m_forwardAgent->setObjectName(QStringLiteral("profileForwardAgent"));
    m_asksForAgent->setObjectName(QStringLiteral("profileAsksForAgent"));
    m_forwardX11->setObjectName(QStringLiteral("profileForwardX11"));
    addRow(tr("Start-up &command"), m_command);
    addRow(tr("&Environment"), m_environment);
    addRow(new PlainLabel(
        tr("A server takes the variables only that AcceptEnv in its sshd_config names."),
        PlainLabel::Role::Subtle));
    addRow(m_forwardAgent);
    addRow(new PlainLabel(tr("While you are connected, whoever is root there can log in with your "
                             "keys: only for servers that you trust as you trust this computer."),
                          PlainLabel::Role::Subtle));
    addRow(m_asksForAgent);
    addRow(m_forwardX11);
    addRow(new PlainLabel(tr("Programs there show their windows here. Whoever is root there can "
                             "then watch what you type and see, in all your windows."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_command);
}

bool ShellPage::hasNoVariables() const
{
    return linesOf(*m_environment) == QStringList(nothing);
}

void ShellPage::load(const profiles::Profile &profile)
{
    const bool hasNoCommand
        = profile.startupCommand.isEmpty() && profile.isOwn(fields::startupCommand);
    m_command->setText(hasNoCommand ? QString(nothing) : profile.startupCommand);
    const bool isBare = profile.environment.isEmpty() && profile.isOwn(fields::environment);
    m_environment->setPlainText(isBare ? QString(nothing) : profile.environment.join(u'\n'));
    m_forwardAgent->load(profile);
    m_asksForAgent->load(profile);
    m_forwardX11->load(profile);
}

void ShellPage::store(profiles::Profile &profile) const
{
    const QString command = m_command->text().trimmed();
    profile.startupCommand = command == nothing ? QString() : command;
    profile.keepDefault(fields::startupCommand, command == nothing);
    profile.environment = hasNoVariables() ? QStringList() : linesOf(*m_environment);
    profile.keepDefault(fields::environment, hasNoVariables());
    m_forwardAgent->store(profile);
    m_asksForAgent->store(profile);
    m_forwardX11->store(profile);
}

void ShellPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_forwardAgent->showInherited(inherited);
    m_asksForAgent->showInherited(inherited);
    m_forwardX11->showInherited(inherited);
    const QString &command = inherited.profile.startupCommand;
    m_command->setPlaceholderText(command.isEmpty()
                                      ? tr("the login shell")
                                      : hint(command, inherited.origin(fields::startupCommand)));
    const QStringList &variables = inherited.profile.environment;
    m_environment->setPlaceholderText(
        variables.isEmpty()
            ? tr("NAME=VALUE in each line")
            : hint(variables.join(QStringLiteral(", ")), inherited.origin(fields::environment)));
}

QString ShellPage::problem() const
{
    const QStringList lines = hasNoVariables() ? QStringList() : linesOf(*m_environment);
    const auto odd = std::ranges::find_if(
        lines, [](const QString &line) { return !profiles::Variable::parse(line); });
    return odd == lines.end()
        ? QString()
        : tr("“%1” is no variable: write NAME=VALUE, with letters, digits and "
             "underscores in the name.")
              .arg(base::displayText(*odd));
}

} // namespace ui
