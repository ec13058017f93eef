#include "ui/settings/TransfersPage.h"

#include "settings/Settings.h"
#include "settings/TransferKeys.h"
#include "ui/widgets/PlainLabel.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {

TransfersPage::TransfersPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Transfers"), parent)
    , m_settings(settings)
    , m_links(new QComboBox)
    , m_conflicts(new QComboBox)
    , m_preserve(new QCheckBox(tr("&Keep owner, group and the permissions of folders")))
    , m_verify(new QCheckBox(tr("&Compare each file with its source at the end")))
    , m_flush(new QCheckBox(tr("&Write each file to the disk before it gets its name")))
{
    createLinks();
    createConflicts();
    createChecks();
    auto *label = new QLabel(tr("Symbolic &links"));
    label->setBuddy(m_links);
    auto *form = new QFormLayout;
    form->addRow(label, m_links);
    form->addRow(QString(),
                 new PlainLabel(tr("A link that is copied as a link must stay within what is "
                                   "copied. One that is followed may lead anywhere: what it leads "
                                   "to is copied under its name."),
                                PlainLabel::Role::Subtle));
    auto *conflicts = new QLabel(tr("&Files that are there already"));
    conflicts->setBuddy(m_conflicts);
    form->addRow(conflicts, m_conflicts);
    auto *files = new QLabel(tr("Files"));
    form->addRow(files, m_preserve);
    form->addRow(QString(), m_verify);
    form->addRow(QString(), m_flush);
    form->addRow(QString(),
                 new PlainLabel(tr("Permissions and times of files are kept in any case; an owner "
                                   "only where the server or this computer lets you give files "
                                   "away. To compare takes a command of the server that computes "
                                   "SHA-256, or else reads everything once more."),
                                PlainLabel::Role::Subtle));
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
}

void TransfersPage::createLinks()
{
    m_links->setObjectName(QStringLiteral("settingsLinks"));
    m_links->setAccessibleName(tr("Symbolic links"));
    m_links->addItem(tr("Copy as links"), QStringLiteral("copy"));
    m_links->addItem(tr("Follow"), QStringLiteral("follow"));
    m_links->addItem(tr("Skip"), QStringLiteral("skip"));
    connect(m_links, &QComboBox::activated, this, [this] {
        m_settings.setValue(settings::keys::transferLinks, m_links->currentData().toString());
    });
}

void TransfersPage::createConflicts()
{
    m_conflicts->setObjectName(QStringLiteral("settingsConflicts"));
    m_conflicts->setAccessibleName(tr("Files that are there already"));
    m_conflicts->addItem(tr("Ask"), QStringLiteral("ask"));
    m_conflicts->addItem(tr("Overwrite"), QStringLiteral("overwrite"));
    m_conflicts->addItem(tr("Overwrite older ones"), QStringLiteral("older"));
    m_conflicts->addItem(tr("Overwrite those of another size"), QStringLiteral("size"));
    m_conflicts->addItem(tr("Resume those that are shorter"), QStringLiteral("resume"));
    m_conflicts->addItem(tr("Keep both"), QStringLiteral("keep"));
    m_conflicts->addItem(tr("Skip"), QStringLiteral("skip"));
    connect(m_conflicts, &QComboBox::activated, this, [this] {
        m_settings.setValue(settings::keys::transferConflicts,
                            m_conflicts->currentData().toString());
    });
}

void TransfersPage::createChecks()
{
    const auto keep
        = [this](QCheckBox *box, const QString &objectName, const settings::Key<bool> &key) {
              box->setObjectName(objectName);
              box->setAccessibleName(QString(box->text()).remove(u'&'));
              connect(box, &QCheckBox::clicked, this,
                      [this, key](bool isChecked) { m_settings.setValue(key, isChecked); });
          };
    keep(m_preserve, QStringLiteral("settingsPreserve"), settings::keys::transferPreserve);
    keep(m_verify, QStringLiteral("settingsVerify"), settings::keys::transferVerify);
    keep(m_flush, QStringLiteral("settingsFlush"), settings::keys::transferFlush);
}

void TransfersPage::load()
{
    m_preserve->setChecked(m_settings.value(settings::keys::transferPreserve));
    m_verify->setChecked(m_settings.value(settings::keys::transferVerify));
    m_flush->setChecked(m_settings.value(settings::keys::transferFlush));
    // A word that nobody knows is the default, as for the transfers.
    const int index = m_links->findData(m_settings.value(settings::keys::transferLinks));
    m_links->setCurrentIndex(std::max(0, index));
    const int conflict = m_conflicts->findData(m_settings.value(settings::keys::transferConflicts));
    m_conflicts->setCurrentIndex(std::max(0, conflict));
}

} // namespace ui
