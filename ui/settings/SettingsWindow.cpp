#include "ui/settings/SettingsWindow.h"

#include "ui/settings/ConnectionDefaultsPage.h"
#include "ui/settings/HostKeyDefaultsPage.h"
#include "ui/settings/KeyboardPage.h"
#include "ui/settings/LogsPage.h"
#include "ui/settings/SecretsPage.h"
#include "ui/settings/TerminalPage.h"
#include "ui/settings/TransfersPage.h"
#include "ui/settings/WindowPage.h"
#include "ui/widgets/CloseKeys.h"
#include "ui/widgets/SheetHost.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ui {
namespace {

// In characters and lines of the user's font.
constexpr int usualWidth = 105;
constexpr int usualLines = 26;

} // namespace

SettingsWindow::SettingsWindow(settings::Settings &settings, vault::Vault *vault, QWidget *parent)
    : QWidget(parent, Qt::Window)
    , m_host(new SheetHost(this))
    , m_list(new QListWidget)
    , m_stack(new QStackedWidget)
{
    setObjectName(QStringLiteral("settingsWindow"));
    new CloseKeys(*this);
    setWindowTitle(tr("Settings"));
    m_list->setObjectName(QStringLiteral("settingsPages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    addPage(new ConnectionDefaultsPage(settings));
    addPage(new HostKeyDefaultsPage(settings));
    addPage(new TerminalPage(settings));
    addPage(new LogsPage(settings));
    addPage(new TransfersPage(settings));
    if (vault != nullptr) {
        addPage(new SecretsPage(settings, *vault, *m_host));
    }
    addPage(new KeyboardPage(*m_host));
    addPage(new WindowPage(settings));
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + fontMetrics().averageCharWidth() * 5);
    m_list->setCurrentRow(0);
    connect(m_list, &QListWidget::currentRowChanged, this, [this](int row) {
        m_stack->setCurrentIndex(row);
        loadCurrent();
    });

    auto *content = new QWidget;
    auto *row = new QHBoxLayout(content);
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
    m_host->setContent(content);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins({});
    layout->addWidget(m_host);
    resize(fontMetrics().averageCharWidth() * usualWidth, fontMetrics().lineSpacing() * usualLines);
    content->installEventFilter(this);
    makeRoom(*content);
}

// What a page comes to need while it is shown would be cut off by the host.
void SettingsWindow::makeRoom(const QWidget &content)
{
    if (!isMaximized() && !isFullScreen()) {
        resize(size().expandedTo(content.minimumSizeHint()));
    }
}

bool SettingsWindow::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::LayoutRequest) {
        makeRoom(*static_cast<QWidget *>(watched));
    }
    return QWidget::eventFilter(watched, event);
}

void SettingsWindow::addPage(SettingsPage *page)
{
    auto *item = new QListWidgetItem(page->title(), m_list);
    item->setSizeHint(
        {fontMetrics().horizontalAdvance(page->title()), fontMetrics().lineSpacing() * 3 / 2});
    m_stack->addWidget(page);
    m_pages.append(page);
}

template<typename Page>
void SettingsWindow::showPage()
{
    for (int row = 0; row < m_list->count(); ++row) {
        if (qobject_cast<Page *>(m_pages.at(row)) != nullptr) {
            m_list->setCurrentRow(row);
            m_pages.at(row)->setFocus();
        }
    }
}

void SettingsWindow::showLogs()
{
    showPage<LogsPage>();
}

void SettingsWindow::showKeyboard()
{
    showPage<KeyboardPage>();
}

void SettingsWindow::loadCurrent()
{
    m_pages.at(m_stack->currentIndex())->load();
}

void SettingsWindow::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    loadCurrent();
    m_list->setFocus();
}

} // namespace ui
