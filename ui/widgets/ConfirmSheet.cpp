#include "ui/widgets/ConfirmSheet.h"

#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

ConfirmSheet::ConfirmSheet(const QString &question, const QString &consequence,
                           const QString &confirm, QWidget *parent,
                           std::optional<Theme::Meaning> meaning)
    : Sheet(parent, meaning)
{
    setObjectName(QStringLiteral("confirmSheet"));
    setAccessibleName(question);
    setAccessibleDescription(consequence);
    auto *accept = new QPushButton(confirm, this);
    accept->setObjectName(QStringLiteral("confirmAccept"));
    auto *reject = new QPushButton(tr("Cancel"), this);
    reject->setObjectName(QStringLiteral("confirmCancel"));
    setFocusProxy(reject);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(accept);
    buttons->addWidget(reject);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(new PlainLabel(question, PlainLabel::Role::Title, this));
    layout->addWidget(new PlainLabel(consequence, PlainLabel::Role::Text, this));
    layout->addLayout(buttons);
    connect(accept, &QPushButton::clicked, this, [this] {
        emit confirmed();
        finish();
    });
    connect(reject, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
