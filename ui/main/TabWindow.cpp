#include "ui/main/TabWindow.h"

#include "ui/main/ConnectionPage.h"
#include "ui/widgets/SheetHost.h"

#include <QAction>
#include <QCloseEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QStyle>
#include <QToolButton>
#include <QVBoxLayout>

namespace ui {

TabWindow::TabWindow(ConnectionPage &page, const QList<ActionGroup> &actions)
    : QWidget(nullptr, Qt::Window)
    , m_page(page)
    , m_host(new SheetHost)
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
    row->addStretch(1);
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
