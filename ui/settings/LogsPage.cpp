#include "ui/settings/LogsPage.h"

#include "archive/LogArchive.h"
#include "archive/LogName.h"
#include "base/DisplayText.h"
#include "settings/LogKeys.h"
#include "settings/Settings.h"
#include "ui/terminal/TerminalChoices.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

namespace keys = settings::keys;

constexpr int mostDays = 36'500;
constexpr int mostMegabytes = 1024 * 1024;

QLabel *labelFor(QWidget *field, const QString &text)
{
    auto *label = new QLabel(text);
    label->setBuddy(field);
    return label;
}

} // namespace

LogsPage::LogsPage(settings::Settings &settings, QWidget *parent)
    : SettingsPage(tr("Logs"), parent)
    , m_settings(settings)
    , m_form(new QComboBox)
    , m_folder(new QLineEdit)
    , m_name(new QLineEdit)
    , m_example(new PlainLabel({}, PlainLabel::Role::Subtle))
    , m_days(new QSpinBox)
    , m_megabytes(new QSpinBox)
{
    createFields();
    auto *choose = new QPushButton(tr("&Choose…"));
    choose->setObjectName(QStringLiteral("settingsLogsChooseFolder"));
    connect(choose, &QPushButton::clicked, this, &LogsPage::askForFolder);
    auto *folder = new QHBoxLayout;
    folder->addWidget(m_folder, 1);
    folder->addWidget(choose);
    auto *form = new QFormLayout;
    form->addRow(labelFor(m_form, tr("&Log terminals")), m_form);
    form->addRow(QString(),
                 new PlainLabel(tr("What a terminal shows goes into a file, and can be searched in "
                                   "“Past logs”. What you type is never logged: a password that is "
                                   "not shown is not in it. Each session and group can say "
                                   "otherwise."),
                                PlainLabel::Role::Subtle));
    form->addRow(labelFor(m_folder, tr("&Folder")), folder);
    form->addRow(labelFor(m_name, tr("&Names of files")), m_name);
    form->addRow(QString(), m_example);
    form->addRow(labelFor(m_days, tr("&Delete logs after")), m_days);
    form->addRow(labelFor(m_megabytes, tr("&Keep at most")), m_megabytes);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(form);
    layout->addStretch(1);
    connectFields();
}

void LogsPage::createFields()
{
    const auto name = [](QWidget *field, const char *objectName, const QString &accessibleName) {
        field->setObjectName(QString::fromLatin1(objectName));
        field->setAccessibleName(accessibleName);
    };
    name(m_form, "settingsLogsForm", tr("Log terminals"));
    name(m_folder, "settingsLogsFolder", tr("Folder of the logs"));
    name(m_name, "settingsLogsName", tr("Names of the logs' files"));
    name(m_days, "settingsLogsDays", tr("Days after which logs are deleted"));
    name(m_megabytes, "settingsLogsMegabytes", tr("Size of all logs together"));
    m_example->setObjectName(QStringLiteral("settingsLogsExample"));
    addLogForms(*m_form);
    m_folder->setPlaceholderText(archive::LogArchive::standardFolder());
    m_name->setToolTip(tr("%s is the session, %h the host, %u the user, %d the date and %t the "
                          "time. A slash makes a folder."));
    m_days->setRange(0, mostDays);
    m_days->setSuffix(tr(" days"));
    m_days->setSpecialValueText(tr("never"));
    m_megabytes->setRange(0, mostMegabytes);
    m_megabytes->setGroupSeparatorShown(true);
    m_megabytes->setSuffix(u' ' + mebibyteName());
    m_megabytes->setSpecialValueText(tr("any size"));
    m_megabytes->setToolTip(tr("The oldest logs make room. A single log ends at this size."));
}

void LogsPage::connectFields()
{
    connect(m_form, &QComboBox::activated, this,
            [this] { m_settings.setValue(keys::logForm, m_form->currentData().toString()); });
    connect(m_folder, &QLineEdit::editingFinished, this, [this] {
        const QString folder = m_folder->text().trimmed();
        m_settings.setValue(keys::logFolder, QDir::isAbsolutePath(folder) ? folder : QString());
        load();
    });
    connect(m_name, &QLineEdit::textChanged, this, &LogsPage::showExample);
    connect(m_name, &QLineEdit::editingFinished, this,
            [this] { m_settings.setValue(keys::logName, m_name->text().trimmed()); });
    connect(m_days, &QSpinBox::valueChanged, this,
            [this](int days) { m_settings.setValue(keys::logDays, days); });
    connect(m_megabytes, &QSpinBox::valueChanged, this,
            [this](int megabytes) { m_settings.setValue(keys::logMegabytes, megabytes); });
}

void LogsPage::askForFolder()
{
    auto *dialog = new QFileDialog(this, tr("Folder of the logs"));
    dialog->setObjectName(QStringLiteral("logsFolderDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setOption(QFileDialog::ShowDirsOnly);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &folder) {
        m_settings.setValue(keys::logFolder, folder);
        load();
    });
    dialog->open();
}

void LogsPage::showExample()
{
    const archive::LogName name{tr("Web shop"), QStringLiteral("web01.example.com"),
                                QStringLiteral("deploy"), QDateTime::currentDateTime()};
    m_example->setText(tr("For example %1")
                           .arg(base::displayText(
                               QString(name.pathFor(m_name->text()) + QStringLiteral(".log")))));
}

void LogsPage::load()
{
    const QSignalBlocker quietDays(m_days);
    const QSignalBlocker quietMegabytes(m_megabytes);
    m_form->setCurrentIndex(std::max(0, m_form->findData(m_settings.value(keys::logForm))));
    m_folder->setText(m_settings.value(keys::logFolder));
    m_name->setText(m_settings.value(keys::logName));
    m_days->setValue(m_settings.value(keys::logDays));
    m_megabytes->setValue(m_settings.value(keys::logMegabytes));
    showExample();
}

} // namespace ui
