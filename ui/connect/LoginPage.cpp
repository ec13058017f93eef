#include "ui/connect/LoginPage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"
#include "ui/connect/LoginOrderList.h"

#include <QCheckBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>

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
    , m_identitiesOnly(new QCheckBox(tr("&Of the agent's keys, only those of the key files")))
    , m_identityAgent(
          createLine(QStringLiteral("profileIdentityAgent"), tr("as the environment says")))
    , m_order(new LoginOrderList)
    , m_rememberFor(new QSpinBox)
{
    m_useAgent->setObjectName(QStringLiteral("profileUseAgent"));
    m_useDefaultKeys->setObjectName(QStringLiteral("profileUseDefaultKeys"));
    m_identitiesOnly->setObjectName(QStringLiteral("profileIdentitiesOnly"));
    m_identityAgent->setToolTip(tr("A path, $VARIABLE, or none"));
    m_rememberFor->setObjectName(QStringLiteral("profileRememberFor"));
    m_rememberFor->setRange(0, longestMemoryMinutes);
    m_rememberFor->setSuffix(tr(" minutes after the end"));
    m_rememberFor->setSpecialValueText(tr("not at all"));
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
    m_order->load(profile.loginOrder); // before the switches, which it follows
    m_keyFiles->setPlainText(profile.identityFiles.join(u'\n'));
    m_useAgent->load(profile);
    m_useDefaultKeys->load(profile);
    m_identitiesOnly->setChecked(profile.identitiesOnly);
    m_identityAgent->setText(profile.identityAgent);
    m_rememberFor->setValue(static_cast<int>(profile.rememberFor.count()));
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
    profile.identitiesOnly = m_identitiesOnly->isChecked();
    profile.identityAgent = m_identityAgent->text().trimmed();
    profile.loginOrder = m_order->order();
    profile.rememberFor = std::chrono::minutes(m_rememberFor->value());
}

void LoginPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_useAgent->showInherited(inherited);
    m_useDefaultKeys->showInherited(inherited);
    showSwitches();
    const QStringList &files = inherited.profile.identityFiles;
    m_keyFiles->setPlaceholderText(
        files.isEmpty()
            ? tr("one file in each line")
            : tr("%1 — %2").arg(base::displayText(files.join(QStringLiteral(", "))),
                                originText(inherited.origin(profiles::fields::identityFiles))));
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
