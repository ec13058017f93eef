#include "ui/prompts/KeyModeSheet.h"

#include "base/DisplayText.h"
#include "ui/prompts/HostKeyForm.h"
#include "ui/widgets/PlainLabel.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {

KeyModeSheet::KeyModeSheet(const ssh::KeyModeQuestion &question, QWidget *parent)
    : Sheet(parent)
{
    const QString title = tr("Others may read the key %1").arg(base::displayText(question.keyFile));
    const QString mode = QStringLiteral("%1").arg(question.mode, 4, 8, QLatin1Char('0'));
    setObjectName(QStringLiteral("keyModeSheet"));
    setAccessibleName(title);
    auto *mend = new QPushButton(tr("Change to 0600 and use it"), this);
    mend->setObjectName(QStringLiteral("keyModeMend"));
    auto *skip = new QPushButton(tr("Go on without this key"), this);
    skip->setObjectName(QStringLiteral("keyModeSkip"));
    setFocusProxy(skip);

    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(mend);
    buttons->addWidget(skip);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(createHeading(QStringLiteral("key"),
                                    Theme::color(Theme::Meaning::Warning, QApplication::palette()),
                                    title, this));
    layout->addWidget(new PlainLabel(
        tr("The server accepts this key, but the mode %1 of its file lets other people on this "
           "computer read or change it. It is only used with the mode 0600.")
            .arg(mode),
        PlainLabel::Role::Text, this));
    layout->addLayout(buttons);
    connect(mend, &QPushButton::clicked, this, [this] {
        emit mendChosen();
        finish();
    });
    connect(skip, &QPushButton::clicked, this, &Sheet::cancel);
}

} // namespace ui
