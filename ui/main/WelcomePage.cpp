#include "ui/main/WelcomePage.h"

#include "ui/theme/Icons.h"
#include "ui/widgets/CenteredColumn.h"
#include "ui/widgets/PlainLabel.h"

#include <QHBoxLayout>
#include <QIcon>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace ui {
namespace {

constexpr int widthInCharacters = 60;
constexpr qsizetype namesShown = 4;
constexpr int iconHeights = 4; // in lines of text

// Is read when it is seen: a pixmap for a QLabel would have to be there before the window is.
class Emblem final : public QWidget
{
public:
    using QWidget::QWidget;

protected:
    void paintEvent(QPaintEvent * /*event*/) override
    {
        QPainter painter(this);
        QIcon(QStringLiteral(":/icons/ponto.svg")).paint(&painter, rect());
    }
};

} // namespace

WelcomePage::WelcomePage(QWidget *parent)
    : QWidget(parent)
    , m_tabs(new QPushButton(this))
{
    setObjectName(QStringLiteral("welcomePage"));
    const int side = fontMetrics().lineSpacing() * iconHeights;
    auto *emblem = new Emblem(this);
    emblem->setFixedSize(side, side);
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
    column->rows().addWidget(emblem, 0, Qt::AlignHCenter);
    for (PlainLabel *label : {title, text}) {
        label->setAlignment(Qt::AlignCenter);
        column->rows().addWidget(label);
    }
    column->rows().addSpacing(fontMetrics().lineSpacing());
    column->rows().addLayout(buttons);
    column->rows().addSpacing(fontMetrics().lineSpacing());
    column->rows().addWidget(m_tabs, 0, Qt::AlignHCenter);
    m_tabs->setObjectName(QStringLiteral("welcomeTabs"));
    m_tabs->hide();
    connect(m_tabs, &QPushButton::clicked, this, &WelcomePage::tabsRequested);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(column);
    connect(connectButton, &QPushButton::clicked, this, &WelcomePage::quickConnectRequested);
    connect(newButton, &QPushButton::clicked, this, &WelcomePage::newSessionRequested);
}

void WelcomePage::offerTabs(const QStringList &names)
{
    QStringList shown = names.first(std::min(names.size(), namesShown));
    if (names.size() > namesShown) {
        shown.append(QStringLiteral("…"));
    }
    const QString list = shown.join(QStringLiteral(", "));
    // The column is no wider: the middle of two long names would be all that is seen of them.
    const int room = fontMetrics().averageCharWidth() * (widthInCharacters - 4);
    const QString text
        = fontMetrics().elidedText(tr("Open again: %1").arg(list), Qt::ElideRight, room);
    m_tabs->setText(QString(text).replace(u'&', QStringLiteral("&&")));
    m_tabs->setToolTip(list.toHtmlEscaped());
    m_tabs->setAccessibleName(tr("Open the tabs of the last time again: %1").arg(list));
    m_tabs->setVisible(!names.isEmpty());
}

} // namespace ui
