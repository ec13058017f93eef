#include "ui/connect/ExportSheet.h"

#include "base/DisplayText.h"
#include "profiles/ProfileStore.h"
#include "ui/widgets/BackgroundTask.h"
#include "ui/widgets/PlainLabel.h"

#include <QComboBox>
#include <QFileDialog>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSaveFile>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

using profiles::ExportFormat;
using profiles::Profile;

constexpr qsizetype namesShown = 5;
constexpr int scopeKind = Qt::UserRole;
constexpr int scopeValue = Qt::UserRole + 1;

enum Scope { Chosen, All, Group };

QString suffixOf(ExportFormat format)
{
    switch (format) {
    case ExportFormat::Ponto:
        return QStringLiteral("json");
    case ExportFormat::OpenSsh:
        return QStringLiteral("conf");
    case ExportFormat::Csv:
        return QStringLiteral("csv");
    }
    return {};
}

// Why it failed; empty if it did not. Host names are nobody else's business.
QString write(const QString &path, const QByteArray &content)
{
    QSaveFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
        file.write(content);
    }
    return file.commit() ? QString() : file.errorString();
}

} // namespace

ExportSheet::ExportSheet(const QStringList &chosen, const profiles::ProfileStore &store,
                         QWidget *parent)
    : Sheet(parent)
    , m_store(store)
    , m_scope(new QComboBox(this))
    , m_format(new QComboBox(this))
    , m_remark(new PlainLabel({}, PlainLabel::Role::Subtle, this))
    , m_problem(new PlainLabel({}, PlainLabel::Role::Danger, this))
{
    setObjectName(QStringLiteral("exportSheet"));
    setAccessibleName(tr("Export sessions"));
    m_scope->setObjectName(QStringLiteral("exportScope"));
    m_scope->setAccessibleName(tr("Sessions"));
    m_format->setObjectName(QStringLiteral("exportFormat"));
    m_format->setAccessibleName(tr("Format"));
    m_remark->setObjectName(QStringLiteral("exportRemark"));
    m_problem->setObjectName(QStringLiteral("exportProblem"));
    m_problem->hide();
    addScopes(chosen);
    m_format->addItem(tr("Ponto (JSON), to be imported elsewhere"),
                      static_cast<int>(ExportFormat::Ponto));
    m_format->addItem(tr("OpenSSH configuration, for ~/.ssh/config"),
                      static_cast<int>(ExportFormat::OpenSsh));
    m_format->addItem(tr("Table (CSV)"), static_cast<int>(ExportFormat::Csv));

    auto *form = new QFormLayout;
    form->addRow(tr("Sessions"), m_scope);
    form->addRow(tr("Format"), m_format);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(tr("Export sessions"), PlainLabel::Role::Title, this));
    layout->addLayout(form);
    layout->addWidget(m_remark);
    layout->addWidget(m_problem);
    layout->addLayout(createButtons());
    setFocusProxy(m_scope);
    connect(m_scope, &QComboBox::currentIndexChanged, this, &ExportSheet::update);
    connect(m_format, &QComboBox::currentIndexChanged, this, &ExportSheet::update);
    update();
}

void ExportSheet::addScopes(const QStringList &chosen)
{
    const auto add = [this](const QString &text, Scope kind, const QVariant &value) {
        m_scope->addItem(text, kind);
        m_scope->setItemData(m_scope->count() - 1, value, scopeValue);
    };
    if (!chosen.isEmpty()) {
        add(tr("The %n selected ones", nullptr, static_cast<int>(chosen.size())), Chosen, chosen);
    }
    add(tr("All"), All, {});
    for (const QString &group : m_store.groups()) {
        add(tr("Group %1").arg(base::displayText(group)), Group, group);
    }
}

QLayout *ExportSheet::createButtons()
{
    m_save = new QPushButton(tr("Save as…"), this);
    m_save->setObjectName(QStringLiteral("exportSave"));
    auto *cancelButton = new QPushButton(tr("Cancel"), this);
    cancelButton->setObjectName(QStringLiteral("exportCancel"));
    setDefaultButton(m_save);
    connect(m_save, &QPushButton::clicked, this, &ExportSheet::chooseFile);
    connect(cancelButton, &QPushButton::clicked, this, &Sheet::cancel);
    auto *row = new QHBoxLayout;
    row->addStretch();
    row->addWidget(m_save);
    row->addWidget(cancelButton);
    return row;
}

ExportFormat ExportSheet::format() const
{
    return static_cast<ExportFormat>(m_format->currentData().toInt());
}

QList<Profile> ExportSheet::sessions() const
{
    const int kind = m_scope->currentData(scopeKind).toInt();
    const QVariant value = m_scope->currentData(scopeValue);
    if (kind == Group) {
        return m_store.groupContent(value.toString()).profiles;
    }
    QList<Profile> result = m_store.profiles();
    if (kind == Chosen) {
        const QStringList ids = value.toStringList();
        result.removeIf([&](const Profile &profile) { return !ids.contains(profile.id); });
    }
    return result;
}

void ExportSheet::update()
{
    const auto made = profiles::SessionExport::make(format(), sessions(), m_store);
    QStringList sentences{made.count == 1 ? tr("One session is written, without passwords.")
                                          : tr("%n sessions are written, without passwords.",
                                               nullptr, static_cast<int>(made.count))};
    if (!made.leftOut.isEmpty()) {
        QStringList names = made.leftOut.first(std::min(made.leftOut.size(), namesShown));
        names.resize(names.size() + (made.leftOut.size() > namesShown ? 1 : 0),
                     QStringLiteral("…"));
        sentences.append(tr("This format has no words for the way to: %1.")
                             .arg(base::displayText(names.join(QStringLiteral(", ")))));
    }
    m_remark->setText(sentences.join(u' '));
    m_save->setEnabled(made.count > 0);
}

void ExportSheet::chooseFile()
{
    auto *dialog = new QFileDialog(this, tr("Export sessions to"));
    dialog->setObjectName(QStringLiteral("exportDialog"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(suffixOf(format()));
    dialog->selectFile(QStringLiteral("sessions.") + suffixOf(format()));
    connect(dialog, &QFileDialog::fileSelected, this, &ExportSheet::writeTo);
    dialog->open();
}

void ExportSheet::writeTo(const QString &path)
{
    const auto made = profiles::SessionExport::make(format(), sessions(), m_store);
    m_save->setEnabled(false);
    inBackground([path, content = made.content] {
        return write(path, content);
    }).then(this, [this, path, count = made.count](const QString &problem) {
        m_save->setEnabled(true);
        m_problem->setText(tr("Could not write %1. %2").arg(base::displayText(path), problem));
        m_problem->setVisible(!problem.isEmpty());
        if (problem.isEmpty()) {
            emit exported(count, path);
            finish();
        }
    });
}

} // namespace ui
