#include "ui/main/TabWindow.h"

#include "ui/main/ConnectionPage.h"
#include "ui/main/TabFace.h"
#include "ui/widgets/PlainLabel.h"
#include "ui/widgets/SheetHost.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QStyle>
#include <QTextDocumentFragment>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

TabWindow::TabWindow(ConnectionPage &page, const QList<ActionGroup> &actions)
    : QWidget(nullptr, Qt::Window)
    , m_page(page)
    , m_host(new SheetHost)
    , m_state(new QLabel)
    , m_title(new PlainLabel({}, PlainLabel::Role::Text))
{
    setObjectName(QStringLiteral("tabWindow"));
    for (const ActionGroup &group : actions) {
        addActions(group.actions);
    }
    QToolButton *button = createMenuButton(actions, *this);
    button->setObjectName(QStringLiteral("tabWindowMenu"));
    auto *back = new QPushButton(tr("Back among the tabs"));
    back->setObjectName(QStringLiteral("tabWindowBack"));
    connect(back, &QPushButton::clicked, this, &TabWindow::backRequested);
    auto *row = new QHBoxLayout;
    const int margin = style()->pixelMetric(QStyle::PM_LayoutLeftMargin);
    row->setContentsMargins(margin, margin / 2, margin, 0);
    m_state->setObjectName(QStringLiteral("tabWindowState"));
    m_title->setObjectName(QStringLiteral("tabWindowTitle"));
    m_title->setWordWrap(false);
    row->addWidget(m_state);
    row->addWidget(m_title, 1);
    row->addWidget(back);
    row->addWidget(button);
    auto *content = new QWidget;
    auto *layout = new QVBoxLayout(content);
    layout->setContentsMargins({});
    layout->setSpacing(0);
    layout->addLayout(row);
    layout->addWidget(&page, 1);
    m_host->setContent(content);
    auto *whole = new QVBoxLayout(this);
    whole->setContentsMargins({});
    whole->addWidget(m_host);
    page.show(); // a tab behind was hidden
}

void TabWindow::setFace(const TabFace &face)
{
    m_state->setPixmap(face.icon.pixmap(TabFace::iconSize(*this)));
    m_state->setToolTip(face.toolTip);
    m_state->setAccessibleName(QTextDocumentFragment::fromHtml(face.toolTip).toPlainText());
    m_title->setText(QString(face.text).replace(QStringLiteral("&&"), QStringLiteral("&")));
}

ConnectionPage &TabWindow::takePage()
{
    m_page.setParent(nullptr);
    return m_page;
}

void TabWindow::closeEvent(QCloseEvent *event)
{
    event->ignore(); // it goes with the page
    m_page.requestClose();
}

} // namespace ui
