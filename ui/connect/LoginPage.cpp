#include "ui/connect/LoginPage.h"

#include "base/DisplayText.h"
#include "ui/connect/InheritedFields.h"

#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>

namespace ui {

LoginPage::LoginPage(QWidget *parent)
    : ProfilePage(tr("Login"), parent)
    , m_keyFiles(createLines(QStringLiteral("profileKeyFiles"), tr("one file in each line")))
    , m_useAgent(new InheritedCheckBox(tr("Try the keys of the &agent"), profiles::fields::useAgent,
                                       &profiles::Profile::useAgent))
    , m_useDefaultKeys(new InheritedCheckBox(tr("Try the keys in ~/.&ssh"),
                                             profiles::fields::useDefaultKeys,
                                             &profiles::Profile::useDefaultKeys))
{
    m_useAgent->setObjectName(QStringLiteral("profileUseAgent"));
    m_useDefaultKeys->setObjectName(QStringLiteral("profileUseDefaultKeys"));
    auto *chooseKeys = new QPushButton(tr("Add…"));
    chooseKeys->setObjectName(QStringLiteral("profileAddKeyFiles"));
    chooseKeys->setAccessibleName(tr("Add key files"));
    connect(chooseKeys, &QPushButton::clicked, this, &LoginPage::chooseKeyFiles);
    auto *keys = new QHBoxLayout;
    keys->addWidget(m_keyFiles, 1);
    keys->addWidget(chooseKeys, 0, Qt::AlignTop);

    addRow(tr("&Key files"), m_keyFiles, keys);
    addRow(m_useAgent);
    addRow(m_useDefaultKeys);
    setFocusProxy(m_keyFiles);
}

void LoginPage::load(const profiles::Profile &profile)
{
    m_keyFiles->setPlainText(profile.identityFiles.join(u'\n'));
    m_useAgent->load(profile);
    m_useDefaultKeys->load(profile);
}

void LoginPage::store(profiles::Profile &profile) const
{
    profile.identityFiles = linesOf(*m_keyFiles);
    m_useAgent->store(profile);
    m_useDefaultKeys->store(profile);
}

void LoginPage::showInherited(const profiles::EffectiveProfile &inherited)
{
    m_useAgent->showInherited(inherited);
    m_useDefaultKeys->showInherited(inherited);
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
