#include "ui/files/DeleteSheet.h"

#include "base/DisplayText.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

QString question(const QList<files::FileEntry> &entries, Place place)
{
    const bool isLocal = place == Place::ThisComputer;
    const files::FileEntry &first = entries.first();
    const QString where
        = isLocal ? DeleteSheet::tr("from this computer") : DeleteSheet::tr("from the server");
    if (entries.size() > 1) {
        return DeleteSheet::tr("Delete %1 items %2?")
            .arg(QLocale().toString(entries.size()), where);
    }
    const QString name = base::displayText(first.name);
    return first.attributes.type() == files::FileType::Directory
        ? DeleteSheet::tr("Delete the folder “%1” %2?").arg(name, where)
        : DeleteSheet::tr("Delete “%1” %2?").arg(name, where);
}

QString consequence(const QList<files::FileEntry> &entries, const QString &caution)
{
    const bool hasFolder = std::any_of(entries.begin(), entries.end(), [](const auto &entry) {
        return entry.attributes.type() == files::FileType::Directory;
    });
    const QString text = hasFolder
        ? DeleteSheet::tr("Folders go with everything inside. This cannot be undone.")
        : DeleteSheet::tr("This cannot be undone.");
    return caution.isEmpty() ? text : caution + u' ' + text;
}

} // namespace

DeleteSheet::DeleteSheet(const QList<files::FileEntry> &entries, Place place,
                         const QString &caution, QWidget *parent)
    : Sheet(parent, caution.isEmpty() ? Theme::Meaning::Warning : Theme::Meaning::Danger)
{
    setObjectName(QStringLiteral("deleteSheet"));
    setAccessibleName(question(entries, place));
    auto *confirm = new QPushButton(tr("Delete"), this);
    confirm->setObjectName(QStringLiteral("deleteConfirm"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("deleteCancel"));
    setFocusProxy(cancel);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(confirm);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(question(entries, place), PlainLabel::Role::Title, this));
    layout->addWidget(new PlainLabel(consequence(entries, caution), PlainLabel::Role::Text, this));
    layout->addLayout(buttons);

    connect(confirm, &QPushButton::clicked, this, [this] {
        emit accepted();
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
