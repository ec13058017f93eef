#include "ui/settings/HostKeyDefaultsPage.h"

#include "base/DisplayText.h"
#include "hostkeys/HostKeyPolicy.h"
#include "settings/Settings.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QVBoxLayout>

namespace ui {
namespace {

using hostkeys::HostKeyPolicy;

constexpr int visibleFiles = 3;

void addRow(QFormLayout &form, const QString &text, QWidget *field, QLayout *row)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    field->setAccessibleName(QString(text).remove(u'&'));
    form.addRow(label, row);
}

bool isUsable(const QString &file)
{
    return QDir::isAbsolutePath(file) || file.startsWith(QStringLiteral("~/"));
}

} // namespace

HostKeyDefaultsPage::HostKeyDefaultsPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Host keys"), parent)
    , m_settings(settings)
    , m_policy(new QComboBox)
    , m_files(new QPlainTextEdit)
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger))
    , m_hash(new QCheckBox(tr("Ha&sh the names of hosts when storing them")))
{
    createPolicy();
    m_problem->setObjectName(QStringLiteral("settingsKnownHostsProblem"));
    m_hash->setObjectName(QStringLiteral("settingsHashNames"));
    auto *form = new QFormLayout;
    auto *policyRow = new QHBoxLayout;
    policyRow->addWidget(m_policy, 1);
    addRow(*form, tr("Un&known host keys"), m_policy, policyRow);
    form->addRow(QString(),
                 new PlainLabel(tr("For sessions that do not say otherwise. A changed or revoked "
                                   "host key is always refused."),
                                PlainLabel::Role::Subtle));
    addRow(*form, tr("&Other known_hosts files"), m_files, createFiles());
    form->addRow(QString(), m_problem);
    form->addRow(
        QString(),
        new PlainLabel(tr("Read after ~/.ssh/known_hosts, in this order. New keys still go "
                          "to ~/.ssh/known_hosts."),
                       PlainLabel::Role::Subtle));
    form->addRow(QString(), m_hash);
    form->addRow(
        QString(),
        new PlainLabel(tr("Whoever reads the file then does not learn which hosts you use. "
                          "A file whose names are hashed already gets hashed ones anyway."),
                       PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
    connect(m_files, &QPlainTextEdit::textChanged, this, &HostKeyDefaultsPage::storeFiles);
    connect(m_hash, &QCheckBox::toggled, this,
            [this](bool isOn) { m_settings.setValue(settings::keys::hashKnownHosts, isOn); });
}

void HostKeyDefaultsPage::createPolicy()
{
    m_policy->setObjectName(QStringLiteral("settingsPolicy"));
    m_policy->addItem(tr("Ask"), static_cast<int>(HostKeyPolicy::Ask));
    m_policy->addItem(tr("Refuse"), static_cast<int>(HostKeyPolicy::Reject));
    m_policy->addItem(tr("Accept and warn each time"), static_cast<int>(HostKeyPolicy::Warn));
    m_policy->addItem(tr("Accept and save"), static_cast<int>(HostKeyPolicy::AutoAdd));
    connect(m_policy, &QComboBox::activated, this, [this] {
        const auto policy = static_cast<HostKeyPolicy>(m_policy->currentData().toInt());
        m_settings.setValue(settings::keys::hostKeyPolicy, hostkeys::name(policy));
    });
}

QLayout *HostKeyDefaultsPage::createFiles()
{
    m_files->setObjectName(QStringLiteral("settingsKnownHosts"));
    m_files->setPlaceholderText(tr("one file in each line"));
    m_files->setTabChangesFocus(true);
    m_files->setFixedHeight(fontMetrics().lineSpacing() * (visibleFiles + 1));
    auto *add = new QPushButton(tr("Add…"));
    add->setObjectName(QStringLiteral("settingsAddKnownHosts"));
    add->setAccessibleName(tr("Add known_hosts files"));
    connect(add, &QPushButton::clicked, this, &HostKeyDefaultsPage::chooseFiles);
    auto *row = new QHBoxLayout;
    row->addWidget(m_files, 1);
    row->addWidget(add, 0, Qt::AlignTop);
    return row;
}

void HostKeyDefaultsPage::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("known_hosts files"), QDir::homePath());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFiles);
    connect(dialog, &QFileDialog::filesSelected, this, [this](const QStringList &files) {
        const QString before = m_files->toPlainText().trimmed();
        m_files->setPlainText((before.isEmpty() ? files : before.split(u'\n') + files).join(u'\n'));
    });
    dialog->open();
}

void HostKeyDefaultsPage::storeFiles()
{
    QStringList files;
    QString problem;
    for (const QString &line : m_files->toPlainText().split(u'\n')) {
        const QString file = line.trimmed();
        if (file.isEmpty() || files.contains(file)) {
            continue;
        }
        if (isUsable(file)) {
            files.append(file);
        } else if (problem.isEmpty()) {
            problem = tr("“%1” is not used: a file needs its whole path, from / or ~/ on.")
                          .arg(base::displayText(file));
        }
    }
    m_settings.setValue(settings::keys::knownHostsFiles, files);
    m_problem->setText(problem);
    m_problem->setVisible(!problem.isEmpty());
}

void HostKeyDefaultsPage::load()
{
    // A name that nobody knows is Ask, as for the connections.
    const HostKeyPolicy policy
        = hostkeys::policyFromName(m_settings.value(settings::keys::hostKeyPolicy))
              .value_or(HostKeyPolicy::Ask);
    m_policy->setCurrentIndex(m_policy->findData(static_cast<int>(policy)));
    const QSignalBlocker quietFiles(m_files);
    const QSignalBlocker quietHash(m_hash);
    m_files->setPlainText(m_settings.value(settings::keys::knownHostsFiles).join(u'\n'));
    m_problem->hide();
    m_hash->setChecked(m_settings.value(settings::keys::hashKnownHosts));
}

} // namespace ui
