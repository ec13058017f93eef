#include "ui/files/NewItemSheet.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

NewItemSheet::NewItemSheet(Kind kind, QWidget *parent)
    : Sheet(parent)
{
    const bool isFolder = kind == Kind::Folder;
    const QString id = isFolder ? QStringLiteral("newFolder") : QStringLiteral("newFile");
    const QString question = isFolder ? tr("Name of the new folder") : tr("Name of the new file");
    setObjectName(id + QStringLiteral("Sheet"));
    setAccessibleName(isFolder ? tr("New folder") : tr("New file"));
    auto *name = new QLineEdit(this);
    name->setObjectName(id + QStringLiteral("Name"));
    name->setAccessibleName(question);
    name->setPlaceholderText(question);
    auto *create = new QPushButton(tr("Create"), this);
    create->setObjectName(id + QStringLiteral("Create"));
    create->setEnabled(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(id + QStringLiteral("Cancel"));
    setFocusProxy(name);

    auto *layout = new QHBoxLayout(this);
    layout->addWidget(name, 1);
    layout->addWidget(create);
    layout->addWidget(cancel);

    connect(name, &QLineEdit::textChanged, create,
            [create](const QString &text) { create->setEnabled(!text.isEmpty()); });
    connect(name, &QLineEdit::returnPressed, create, &QPushButton::click);
    connect(create, &QPushButton::clicked, this, [this, name] {
        emit accepted(name->text());
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
