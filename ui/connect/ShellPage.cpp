#include "ui/connect/ShellPage.h"

#include "base/DisplayText.h"
#include "profiles/Variable.h"
#include "ui/connect/InheritedFields.h"
#include "ui/widgets/PlainLabel.h"

#include <QLineEdit>
#include <QPlainTextEdit>

#include <algorithm>

namespace ui {

ShellPage::ShellPage(QWidget *parent)
    : ProfilePage(tr("Shell"), parent)
    , m_command(createLine(QStringLiteral("profileStartupCommand"), tr("the login shell")))
    , m_environment(
          createLines(QStringLiteral("profileEnvironment"), tr("NAME=VALUE in each line")))
    , m_forwardAgent(new InheritedCheckBox(tr("&Forward the agent"), profiles::fields::forwardAgent,
                                           &profiles::Profile::forwardAgent))
{
    m_command->setToolTip(tr("Runs in the terminal instead of the login shell."));
    m_forwardAgent->setObjectName(QStringLiteral("profileForwardAgent"));
    addRow(tr("Start-up &command"), m_command);
    addRow(tr("&Environment"), m_environment);
    addRow(new PlainLabel(
        tr("A server takes the variables only that AcceptEnv in its sshd_config names."),
        PlainLabel::Role::Subtle));
    addRow(m_forwardAgent);
    addRow(new PlainLabel(tr("While you are connected, whoever is root there can log in with your "
                             "keys: only for servers that you trust as you trust this computer."),
                          PlainLabel::Role::Subtle));
    setFocusProxy(m_command);
}

void ShellPage::load(const profiles::Profile &profile)
{
    m_command->setText(profile.startupCommand);
    m_environment->setPlainText(profile.environment.join(u'\n'));
    m_forwardAgent->load(profile);
}

void ShellPage::store(profiles::Profile &profile) const
{
    profile.startupCommand = m_command->text().trimmed();
    profile.environment = linesOf(*m_environment);
    m_forwardAgent->store(profile);
}

void ShellPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_forwardAgent->showInherited(inherited);
    const QString &command = inherited.profile.startupCommand;
    m_command->setPlaceholderText(
        command.isEmpty() ? tr("the login shell")
                          : inheritedText(base::displayText(command),
                                          inherited.origin(profiles::fields::startupCommand)));
    const QStringList &variables = inherited.profile.environment;
    m_environment->setPlaceholderText(
        variables.isEmpty() ? tr("NAME=VALUE in each line")
                            : inheritedText(base::displayText(variables.join(QStringLiteral(", "))),
                                            inherited.origin(profiles::fields::environment)));
}

QString ShellPage::problem() const
{
    const QStringList lines = linesOf(*m_environment);
    const auto odd = std::ranges::find_if(
        lines, [](const QString &line) { return !profiles::Variable::parse(line); });
    return odd == lines.end()
        ? QString()
        : tr("“%1” is no variable: write NAME=VALUE, with letters, digits and "
             "underscores in the name.")
              .arg(base::displayText(*odd));
}

} // namespace ui
