#include "ui/files/NewFolderSheet.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

NewFolderSheet::NewFolderSheet(QWidget *parent)
    : Sheet(parent)
{
    setObjectName(QStringLiteral("newFolderSheet"));
    setAccessibleName(tr("New folder"));
    auto *name = new QLineEdit(this);
    name->setObjectName(QStringLiteral("newFolderName"));
    name->setAccessibleName(tr("Name of the new folder"));
    name->setPlaceholderText(tr("Name of the new folder"));
    auto *create = new QPushButton(tr("Create"), this);
    create->setObjectName(QStringLiteral("newFolderCreate"));
    create->setEnabled(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("newFolderCancel"));
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
