#include "ui/main/WelcomePage.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/CenteredColumn.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace ui {
namespace {

constexpr int widthInCharacters = 60;
constexpr int iconHeights = 4; // in lines of text

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("welcomePage"));
    const int side = fontMetrics().lineSpacing() * iconHeights;
    auto *icon = new QLabel(this);
    icon->setPixmap(
        QIcon(QStringLiteral(":/icons/ponto.svg")).pixmap(QSize(side, side), devicePixelRatioF()));
    auto *title = new PlainLabel(tr("Where to?"), PlainLabel::Role::Title, this);
    auto *text = new PlainLabel(
        tr("Type user@host in the field above to connect, or pick a session at the left. A tab "
           "holds a terminal and the files of the server, both on the same connection."),
        PlainLabel::Role::Subtle, this);
    auto *connectButton = new QPushButton(tr("Connect to a server"), this);
    connectButton->setObjectName(QStringLiteral("welcomeConnect"));
    auto *newButton = new QPushButton(tr("New session"), this);
    newButton->setObjectName(QStringLiteral("welcomeNewSession"));
    auto *buttons = new QHBoxLayout;
    buttons->addStretch();
    buttons->addWidget(connectButton);
    buttons->addWidget(newButton);
    buttons->addStretch();

    auto *column = new CenteredColumn(widthInCharacters, this);
    column->rows().addWidget(icon, 0, Qt::AlignHCenter);
    for (PlainLabel *label : {title, text}) {
        label->setAlignment(Qt::AlignCenter);
        column->rows().addWidget(label);
    }
    column->rows().addSpacing(fontMetrics().lineSpacing());
    column->rows().addLayout(buttons);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(column);
    connect(connectButton, &QPushButton::clicked, this, &WelcomePage::quickConnectRequested);
    connect(newButton, &QPushButton::clicked, this, &WelcomePage::newSessionRequested);
}

} // namespace ui
