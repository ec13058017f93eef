#include "ui/connect/LoginPage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"
#include "ui/connect/LoginOrderList.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>

#include <optional>

namespace ui {
namespace {

constexpr int longestMemoryMinutes = 24 * 60;

} // namespace

LoginPage::LoginPage(QWidget *parent)
    : ProfilePage(tr("Login"), parent)
    , m_keyFiles(createLines(QStringLiteral("profileKeyFiles"), tr("one file in each line")))
    , m_useAgent(new InheritedCheckBox(tr("Try the keys of the &agent"), profiles::fields::useAgent,
                                       &profiles::Profile::useAgent))
    , m_useDefaultKeys(new InheritedCheckBox(tr("Try the keys in ~/.&ssh"),
                                             profiles::fields::useDefaultKeys,
                                             &profiles::Profile::useDefaultKeys))
    , m_identitiesOnly(new InheritedCheckBox(
          tr("&Of the agent's keys, only those of the key files"), profiles::fields::identitiesOnly,
          &profiles::Profile::identitiesOnly))
    , m_identityAgent(
          createLine(QStringLiteral("profileIdentityAgent"), tr("as the environment says")))
    , m_order(new LoginOrderList)
    , m_rememberFor(new InheritedNumberBox(0, longestMemoryMinutes, tr(" minutes after the end"),
                                           tr("not at all")))
{
    m_useAgent->setObjectName(QStringLiteral("profileUseAgent"));
    m_useDefaultKeys->setObjectName(QStringLiteral("profileUseDefaultKeys"));
    m_identitiesOnly->setObjectName(QStringLiteral("profileIdentitiesOnly"));
    m_identityAgent->setToolTip(tr("A path, $VARIABLE, or none"));
    m_rememberFor->setObjectName(QStringLiteral("profileRememberFor"));
    m_rememberFor->setToolTip(
        tr("So long a reconnect asks for no password or passphrase again. They stay in memory."));

    using profiles::LoginSource;
    connect(m_useAgent, &QCheckBox::toggled, this, &LoginPage::showSwitches);
    connect(m_useDefaultKeys, &QCheckBox::toggled, this, &LoginPage::showSwitches);
    connect(m_order, &LoginOrderList::switched, this, [this](LoginSource source, bool isOn) {
        (source == LoginSource::Agent ? m_useAgent : m_useDefaultKeys)->setChecked(isOn);
    });

    addRow(tr("&Key files"), m_keyFiles, createKeyRow());
    addRow(m_useAgent);
    addRow(m_useDefaultKeys);
    addRow(m_identitiesOnly);
    addRow(tr("&Ways to log in"), m_order);
    addRow(tr("A&gent socket"), m_identityAgent);
    addRow(tr("&Remember secrets"), m_rememberFor);
    setFocusProxy(m_keyFiles);
}

QLayout *LoginPage::createKeyRow()
{
    auto *chooseKeys = new QPushButton(tr("Add…"));
    chooseKeys->setObjectName(QStringLiteral("profileAddKeyFiles"));
    chooseKeys->setAccessibleName(tr("Add key files"));
    connect(chooseKeys, &QPushButton::clicked, this, &LoginPage::chooseKeyFiles);
    auto *row = new QHBoxLayout;
    row->addWidget(m_keyFiles, 1);
    row->addWidget(chooseKeys, 0, Qt::AlignTop);
    return row;
}

void LoginPage::load(const profiles::Profile &profile)
{
    const bool isOwnOrder = profile.isOwn(profiles::fields::loginOrder);
    m_order->load(isOwnOrder ? std::optional(profile.loginOrder) : std::nullopt);
    m_keyFiles->setPlainText(profile.identityFiles.join(u'\n'));
    m_useAgent->load(profile);
    m_useDefaultKeys->load(profile);
    m_identitiesOnly->load(profile);
    m_identityAgent->setText(profile.identityAgent);
    const bool isOwnTime = profile.isOwn(profiles::fields::rememberFor);
    m_rememberFor->load(isOwnTime ? std::optional(static_cast<int>(profile.rememberFor.count()))
                                  : std::nullopt);
    showSwitches();
}

void LoginPage::showSwitches()
{
    using profiles::LoginSource;
    m_order->setSwitchedOn(LoginSource::Agent, m_useAgent->isChecked());
    m_order->setSwitchedOn(LoginSource::DefaultKeys, m_useDefaultKeys->isChecked());
}

void LoginPage::store(profiles::Profile &profile) const
{
    profile.identityFiles = linesOf(*m_keyFiles);
    m_useAgent->store(profile);
    m_useDefaultKeys->store(profile);
    m_identitiesOnly->store(profile);
    profile.identityAgent = m_identityAgent->text().trimmed();
    profile.loginOrder = m_order->own().value_or(profiles::defaultLoginOrder());
    profile.keepDefault(profiles::fields::loginOrder, m_order->own().has_value());
    const std::optional<int> minutes = m_rememberFor->own();
    profile.rememberFor
        = minutes ? std::chrono::minutes(*minutes) : profiles::Profile().rememberFor;
    profile.keepDefault(profiles::fields::rememberFor, minutes.has_value());
}

void LoginPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_useAgent->showInherited(inherited);
    m_useDefaultKeys->showInherited(inherited);
    m_identitiesOnly->showInherited(inherited);
    m_order->showInherited(inherited.profile.loginOrder,
                           inherited.origin(profiles::fields::loginOrder));
    m_rememberFor->showInherited(static_cast<int>(inherited.profile.rememberFor.count()),
                                 inherited.origin(profiles::fields::rememberFor));
    showSwitches();
    const QStringList &files = inherited.profile.identityFiles;
    m_keyFiles->setPlaceholderText(
        files.isEmpty() ? tr("one file in each line")
                        : inheritedText(base::displayText(files.join(QStringLiteral(", "))),
                                        inherited.origin(profiles::fields::identityFiles)));
    const QString &agent = inherited.profile.identityAgent;
    m_identityAgent->setPlaceholderText(
        agent.isEmpty() ? tr("as the environment says")
                        : inheritedText(base::displayText(agent),
                                        inherited.origin(profiles::fields::identityAgent)));
}

void LoginPage::chooseKeyFiles()
{
    auto *dialog
        = new QFileDialog(this, tr("Key files"), QDir::home().filePath(QStringLiteral(".ssh")));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        m_keyFiles->setPlainText((linesOf(*m_keyFiles) + files).join(u'\n'));
    });
    dialog->open();
}

} // namespace ui
