#include "ui/main/TunnelsWindow.h"

#include "base/DisplayText.h"
#include "forward/ForwardSet.h"
#include "profiles/ProfileStore.h"
#include "ui/forwards/TunnelPanel.h"
#include "ui/main/TunnelKeeper.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/ErrorBanner.h"
#include "ui/widgets/SheetHost.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QLocale>
#include <QMenu>
#include <QSignalBlocker>
#include <QToolButton>
#include <QTreeWidget>
#include <QVBoxLayout>

#include <utility>

namespace ui {
namespace {

// In characters and lines of the user's font.
constexpr int usualWidth = 130;
constexpr int usualHeight = 26;

enum Column { TitleColumn, StateColumn, CountColumn };

} // namespace

TunnelsWindow::TunnelsWindow(TunnelKeeper &keeper, const profiles::ProfileStore &store,
                             QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_keeper(keeper)
    , m_store(store)
    , m_host(new SheetHost(this))
{
    setObjectName(QStringLiteral("tunnelsWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Running tunnels"));
    setAccessibleName(tr("Running tunnels"));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    m_host->setContent(createContent());
    connect(&m_keeper, &TunnelKeeper::changed, this, &TunnelsWindow::refresh);
    connect(m_panel, &TunnelPanel::changed, this, [this] {
        if (const KeptLogin *login = current(); login != nullptr && m_shown != nullptr) {
            m_list->currentItem()->setText(CountColumn,
                                           QLocale().toString(m_shown->listeningCount()));
        }
    });
    resize(fontMetrics().averageCharWidth() * usualWidth,
           fontMetrics().lineSpacing() * usualHeight);
    m_list->setFocus();
    refresh();
}

QToolButton *TunnelsWindow::createButton(const char *name, const QString &text, const QString &hint)
{
    auto *button = new QToolButton;
    button->setObjectName(QString::fromLatin1(name));
    button->setText(text);
    button->setAccessibleName(text);
    button->setToolTip(hint);
    button->setAutoRaise(true);
    return button;
}

QWidget *TunnelsWindow::createContent()
{
    auto *content = new QWidget;
    auto *start = createButton("tunnelsStart", tr("Start tunnels of"),
                               tr("Connect to a saved session for its tunnels, without a tab"));
    m_menu = new QMenu(start);
    start->setMenu(m_menu);
    start->setPopupMode(QToolButton::InstantPopup);
    m_retry = createButton("tunnelsRetry", tr("Connect now"), tr("Do not wait any longer"));
    m_stop = createButton("tunnelsStop", tr("Stop keeping"),
                          tr("The tunnels end, unless a tab has them"));
    m_list = new QTreeWidget;
    m_list->setObjectName(QStringLiteral("tunnelsList"));
    m_list->setAccessibleName(tr("Logins with tunnels"));
    m_list->setHeaderLabels({tr("Session"), tr("State"), tr("Tunnels that listen")});
    m_list->setRootIsDecorated(false);
    m_list->setAllColumnsShowFocus(true);
    m_list->header()->resizeSection(TitleColumn, 40 * fontMetrics().averageCharWidth());
    m_list->header()->resizeSection(StateColumn, 40 * fontMetrics().averageCharWidth());
    m_banner = new ErrorBanner;
    m_panel = new TunnelPanel(*m_host);
    connect(m_menu, &QMenu::aboutToShow, this, &TunnelsWindow::fillMenu);
    connect(m_retry, &QToolButton::clicked, this, [this] { current()->open(); });
    connect(m_stop, &QToolButton::clicked, this, [this] { m_keeper.release(current()); });
    connect(m_list, &QTreeWidget::currentItemChanged, this, &TunnelsWindow::showCurrent);
    auto *row = new QHBoxLayout;
    row->addWidget(start);
    row->addStretch();
    row->addWidget(m_retry);
    row->addWidget(m_stop);
    auto *layout = new QVBoxLayout(content);
    layout->addLayout(row);
    layout->addWidget(m_list, 1);
    layout->addWidget(m_banner);
    layout->addWidget(m_panel);
    return content;
}

void TunnelsWindow::fillMenu()
{
    m_menu->clear();
    for (const profiles::Profile &session : m_store.profiles()) {
        if (!session.forwards.isEmpty()) {
            QString title = base::displayText(session.title());
            m_menu->addAction(title.replace(u'&', QStringLiteral("&&")), this,
                              [this, session] { m_keeper.start(session); });
        }
    }
    if (m_menu->isEmpty()) {
        m_menu->addAction(tr("No session has tunnels"))->setEnabled(false);
    }
}

// Rows are made anew only if the logins are others: their states change each second.
void TunnelsWindow::refresh()
{
    if (m_logins != m_keeper.logins()) {
        const KeptLogin *before = current();
        m_logins = m_keeper.logins();
        const QSignalBlocker blocker(m_list);
        m_list->clear();
        for (KeptLogin *login : std::as_const(m_logins)) {
            auto *item = new QTreeWidgetItem(m_list);
            if (login == before || m_list->currentItem() == nullptr) {
                m_list->setCurrentItem(item);
            }
        }
    }
    for (int row = 0; row < m_logins.size(); ++row) {
        const KeptLogin &login = *m_logins.at(row);
        QTreeWidgetItem &item = *m_list->topLevelItem(row);
        const int count = login.forwards() == nullptr ? 0 : login.forwards()->listeningCount();
        item.setText(TitleColumn, login.title());
        item.setText(StateColumn, login.stateText());
        item.setText(CountColumn, QLocale().toString(count));
    }
    showCurrent();
}

KeptLogin *TunnelsWindow::current() const
{
    const int row = m_list->indexOfTopLevelItem(m_list->currentItem());
    const bool isThere = row >= 0 && m_keeper.logins().contains(m_logins.at(row));
    return isThere ? m_logins.at(row) : nullptr;
}

void TunnelsWindow::showCurrent()
{
    using State = KeptLogin::State;
    KeptLogin *login = current();
    const State state = login == nullptr ? State::Connected : login->state();
    forward::ForwardSet *forwards = login == nullptr ? nullptr : login->forwards();
    if (std::exchange(m_shown, forwards) != forwards) {
        m_panel->setForwards(forwards);
    }
    m_retry->setEnabled(state == State::Waiting || state == State::Failed);
    m_stop->setEnabled(login != nullptr);
    const bool hasTrouble = state == State::Waiting || state == State::Failed;
    const QString trouble = hasTrouble ? login->failure().toSentence() : QString();
    if (std::exchange(m_trouble, trouble) == trouble) {
        return; // so that details stay folded out
    }
    if (trouble.isEmpty()) {
        m_banner->dismiss();
    } else {
        m_banner->showError(login->failure());
    }
}

} // namespace ui
