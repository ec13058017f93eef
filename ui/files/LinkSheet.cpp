#include "ui/files/LinkSheet.h"

#include "base/DisplayText.h"
#include "ui/files/EditedName.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QPushButton>

namespace ui {

LinkSheet::LinkSheet(const QByteArray &offered, QWidget *parent)
    : Sheet(parent)
{
    setObjectName(QStringLiteral("newLinkSheet"));
    setAccessibleName(tr("New link"));
    auto *name = new QLineEdit(this);
    name->setObjectName(QStringLiteral("newLinkName"));
    auto *target = new QLineEdit(base::displayText(offered), this);
    target->setObjectName(QStringLiteral("newLinkTarget"));
    auto *create = new QPushButton(tr("Create"), this);
    create->setObjectName(QStringLiteral("newLinkCreate"));
    create->setEnabled(false);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    cancel->setObjectName(QStringLiteral("newLinkCancel"));
    setFocusProxy(name);

    auto *fields = new QFormLayout;
    fields->addRow(tr("&Name of the link:"), name);
    fields->addRow(tr("Leads &to:"), target);
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(create);
    buttons->addWidget(cancel);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(fields);
    layout->addLayout(buttons);

    const auto follow = [create, name, target, offered] {
        create->setEnabled(
            !name->text().isEmpty()
            && !editedName(offered, target->text()).value_or(QByteArray()).isEmpty());
    };
    for (QLineEdit *edit : {name, target}) {
        connect(edit, &QLineEdit::textChanged, create, follow);
        connect(edit, &QLineEdit::returnPressed, create, &QPushButton::click);
    }
    connect(create, &QPushButton::clicked, this, [this, name, target, offered] {
        emit accepted(name->text().toUtf8(),
                      editedName(offered, target->text()).value_or(QByteArray()));
        finish();
    });
    connect(cancel, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
