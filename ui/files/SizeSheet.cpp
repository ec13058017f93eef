#include "ui/files/SizeSheet.h"

#include "base/DisplayText.h"
#include "ui/units/SizeText.h"
#include "ui/widgets/PlainLabel.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

QString consequenceOfOne(quint64 present, quint64 wanted)
{
    if (wanted == present) {
        return SizeSheet::tr("It has this size.");
    }
    return wanted < present
        ? SizeSheet::tr("Its last %1 are lost. This cannot be undone.")
              .arg(exactSizeText(present - wanted))
        : SizeSheet::tr("%1 of zeros are added at its end.").arg(exactSizeText(wanted - present));
}

QString consequence(const QList<files::FileEntry> &files, std::optional<quint64> wanted)
{
    if (!wanted) {
        return SizeSheet::tr("A number of bytes, or one with k, M, G or T behind it.");
    }
    if (files.size() == 1) {
        return consequenceOfOne(files.first().attributes.size.value_or(0), *wanted);
    }
    const auto losing = std::ranges::count_if(
        files, [&](const auto &file) { return file.attributes.size.value_or(0) > *wanted; });
    return losing == 0
        ? SizeSheet::tr("Zeros are added at the ends of those that are smaller.")
        : SizeSheet::tr("%1 of %2 files lose what is behind the first %3. This cannot be undone.")
              .arg(QLocale().toString(losing), QLocale().toString(files.size()),
                   exactSizeText(*wanted));
}

} // namespace

SizeSheet::SizeSheet(const QList<files::FileEntry> &files, const QString &caution, QWidget *parent)
    : Sheet(parent, caution.isEmpty() ? Theme::Meaning::Warning : Theme::Meaning::Danger)
{
    const QString question = files.size() == 1
        ? tr("Set the size of “%1”").arg(base::displayText(files.first().name))
        : tr("Set the size of %1 files").arg(QLocale().toString(files.size()));
    setObjectName(QStringLiteral("sizeSheet"));
    setAccessibleName(question);
    const QString present = QString::number(files.first().attributes.size.value_or(0));
    auto *field = new QLineEdit(files.size() == 1 ? present : QString(), this);
    field->setObjectName(QStringLiteral("sizeField"));
    auto *told = new PlainLabel(QString(), PlainLabel::Role::Text, this);
    told->setObjectName(QStringLiteral("sizeConsequence"));
    auto *accept = new QPushButton(tr("Set the size"), this);
    accept->setObjectName(QStringLiteral("sizeAccept"));
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("sizeCancel"));
    setFocusProxy(field);

    auto *form = new QFormLayout;
    form->addRow(tr("&Size in bytes:"), field);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(question, PlainLabel::Role::Title, this));
    if (!caution.isEmpty()) {
        layout->addWidget(new PlainLabel(caution, PlainLabel::Role::Text, this));
    }
    layout->addLayout(form);
    layout->addWidget(told);
    layout->addLayout(buttons);

    const auto follow = [field, told, accept, files, present] {
        const auto wanted = bytesFromText(field->text());
        told->setText(consequence(files, wanted));
        accept->setEnabled(wanted && (files.size() > 1 || *wanted != present.toULongLong()));
    };
    connect(field, &QLineEdit::textChanged, told, follow);
    follow();
    connect(field, &QLineEdit::returnPressed, accept, &QPushButton::click);
    connect(accept, &QPushButton::clicked, this, [this, field] {
        emit accepted(bytesFromText(field->text()).value_or(0));
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
    field->selectAll();
}

} // namespace ui
