#include "ui/connect/ProfileEditor.h"

#include "profiles/TargetName.h"
#include "ui/errors/ErrorText.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

namespace ui {
namespace {

using hostkeys::HostKeyPolicy;

constexpr int visibleLines = 3;
constexpr int globalPolicy = -1;

QLineEdit *createLine(const QString &objectName, const QString &text, const QString &placeholder)
{
    auto *edit = new QLineEdit(text);
    edit->setObjectName(objectName);
    edit->setPlaceholderText(placeholder);
    return edit;
}

QPlainTextEdit *createLines(const QString &objectName, const QString &text)
{
    auto *edit = new QPlainTextEdit(text);
    edit->setObjectName(objectName);
    edit->setTabChangesFocus(true);
    edit->setFixedHeight(edit->fontMetrics().lineSpacing() * (visibleLines + 1));
    return edit;
}

QComboBox *createPolicyBox(const std::optional<HostKeyPolicy> &policy)
{
    auto *box = new QComboBox;
    box->setObjectName(QStringLiteral("profilePolicy"));
    box->addItem(ProfileEditor::tr("As in the settings"), globalPolicy);
    box->addItem(ProfileEditor::tr("Ask"), static_cast<int>(HostKeyPolicy::Ask));
    box->addItem(ProfileEditor::tr("Refuse"), static_cast<int>(HostKeyPolicy::Reject));
    box->addItem(ProfileEditor::tr("Accept and warn each time"),
                 static_cast<int>(HostKeyPolicy::Warn));
    box->addItem(ProfileEditor::tr("Accept and save"), static_cast<int>(HostKeyPolicy::AutoAdd));
    box->setCurrentIndex(box->findData(policy ? static_cast<int>(*policy) : globalPolicy));
    return box;
}

QStringList linesOf(const QPlainTextEdit &edit)
{
    QStringList lines;
    for (const QString &line : edit.toPlainText().split(u'\n')) {
        if (!line.trimmed().isEmpty()) {
            lines.append(line.trimmed());
        }
    }
    return lines;
}

} // namespace

ProfileEditor::ProfileEditor(const profiles::Profile &profile, QWidget *parent)
    : Sheet(parent)
    , m_profile(profile)
{
    setObjectName(QStringLiteral("profileEditor"));
    const QString title = profile.host.isEmpty() ? tr("New session") : tr("Edit session");
    setAccessibleName(title);
    createFields();
    m_problem = new PlainLabel({}, PlainLabel::Role::Danger, this);
    m_problem->setObjectName(QStringLiteral("profileProblem"));
    m_problem->hide();

    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(title, PlainLabel::Role::Title, this));
    layout->addLayout(createForm());
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
    setFocusProxy(profile.host.isEmpty() ? m_host : m_name);
}

void ProfileEditor::createFields()
{
    m_name = createLine(QStringLiteral("profileName"), m_profile.name, tr("as the address"));
    m_host = createLine(QStringLiteral("profileHost"), m_profile.host, tr("name or address"));
    m_port = new QSpinBox;
    m_port->setObjectName(QStringLiteral("profilePort"));
    m_port->setRange(1, 65535);
    m_port->setValue(m_profile.port);
    m_user = createLine(QStringLiteral("profileUser"), m_profile.user, tr("as on this computer"));
    m_keyFiles
        = createLines(QStringLiteral("profileKeyFiles"), m_profile.identityFiles.join(u'\n'));
    m_keyFiles->setPlaceholderText(tr("one file in each line"));
    m_useAgent = new QCheckBox(tr("Try the keys of the agent"));
    m_useAgent->setObjectName(QStringLiteral("profileUseAgent"));
    m_useAgent->setChecked(m_profile.useAgent);
    m_useDefaultKeys = new QCheckBox(tr("Try the keys in ~/.ssh"));
    m_useDefaultKeys->setObjectName(QStringLiteral("profileUseDefaultKeys"));
    m_useDefaultKeys->setChecked(m_profile.useDefaultKeys);
    m_policy = createPolicyBox(m_profile.hostKeyPolicy);
    m_notes = createLines(QStringLiteral("profileNotes"), m_profile.notes);
}

QFormLayout *ProfileEditor::createForm()
{
    auto *chooseKeys = new QPushButton(tr("Add…"));
    chooseKeys->setAccessibleName(tr("Add key files"));
    connect(chooseKeys, &QPushButton::clicked, this, &ProfileEditor::chooseKeyFiles);
    auto *keys = new QHBoxLayout;
    keys->addWidget(m_keyFiles, 1);
    keys->addWidget(chooseKeys, 0, Qt::AlignTop);
    auto *server = new QHBoxLayout;
    auto *portLabel = new QLabel(tr("&Port"));
    portLabel->setBuddy(m_port);
    server->addWidget(m_host, 1);
    server->addWidget(portLabel);
    server->addWidget(m_port);

    auto *form = new QFormLayout;
    const auto addRow = [form](const QString &text, QWidget *field, QLayout *row) {
        auto *label = new QLabel(text);
        label->setBuddy(field);
        field->setAccessibleName(QString(text).remove(u'&'));
        if (row != nullptr) {
            form->addRow(label, row);
        } else {
            form->addRow(label, field);
        }
    };
    m_port->setAccessibleName(tr("Port"));
    addRow(tr("&Host"), m_host, server);
    addRow(tr("&User"), m_user, nullptr);
    addRow(tr("&Name"), m_name, nullptr);
    addRow(tr("&Key files"), m_keyFiles, keys);
    form->addRow(QString(), m_useAgent);
    form->addRow(QString(), m_useDefaultKeys);
    addRow(tr("Un&known host keys"), m_policy, nullptr);
    addRow(tr("No&tes"), m_notes, nullptr);
    return form;
}

QLayout *ProfileEditor::createButtons()
{
    auto *save = new QPushButton(tr("Save"), this);
    save->setObjectName(QStringLiteral("profileSave"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("profileCancel"));
    connect(save, &QPushButton::clicked, this, &ProfileEditor::submit);
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    for (QLineEdit *edit : {m_host, m_user, m_name}) {
        connect(edit, &QLineEdit::returnPressed, this, &ProfileEditor::submit);
    }
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(save);
    row->addWidget(cancel);
    return row;
}

void ProfileEditor::chooseKeyFiles()
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

void ProfileEditor::submit()
{
    const QString text = problem();
    m_problem->setText(text);
    m_problem->setVisible(!text.isEmpty());
    if (text.isEmpty()) {
        emit saved(edited());
        finish();
    }
}

profiles::Profile ProfileEditor::edited() const
{
    profiles::Profile profile = m_profile;
    profile.name = m_name->text().trimmed();
    profile.host = m_host->text().trimmed();
    profile.port = static_cast<quint16>(m_port->value());
    profile.user = m_user->text().trimmed();
    profile.identityFiles = linesOf(*m_keyFiles);
    profile.useAgent = m_useAgent->isChecked();
    profile.useDefaultKeys = m_useDefaultKeys->isChecked();
    const int policy = m_policy->currentData().toInt();
    profile.hostKeyPolicy
        = policy == globalPolicy ? std::nullopt : std::optional(static_cast<HostKeyPolicy>(policy));
    profile.notes = m_notes->toPlainText();
    return profile;
}

QString ProfileEditor::problem() const
{
    const profiles::Profile profile = edited();
    if (profile.host.isEmpty()) {
        return addressErrorText(profiles::AddressError::NoHost);
    }
    if (!profiles::isAcceptableHost(profile.host)) {
        return addressErrorText(profiles::AddressError::BadHost);
    }
    if (!profile.user.isEmpty() && !profiles::isAcceptableUser(profile.user)) {
        return addressErrorText(profiles::AddressError::BadUser);
    }
    return {};
}

} // namespace ui
