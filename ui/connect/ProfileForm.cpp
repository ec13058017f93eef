#include "ui/connect/ProfileForm.h"

#include "profiles/EffectiveProfile.h"
#include "profiles/ProfileStore.h"
#include "ui/connect/HostKeyPage.h"
#include "ui/connect/LabelsPage.h"
#include "ui/connect/LoginPage.h"
#include "ui/connect/RoutePage.h"
#include "ui/connect/ShellPage.h"
#include "ui/connect/TerminalChoicePage.h"

#include <QHBoxLayout>
#include <QListWidget>
#include <QScrollArea>
#include <QStackedWidget>

namespace ui {
namespace {

// As high as a page usually is: the sheet must not change its height with the page.
constexpr int usualLines = 17;

} // namespace

ProfileForm::ProfileForm(const profiles::ProfileStore &store, const settings::Settings &settings,
                         QWidget *parent)
    : QWidget(parent)
    , m_store(store)
    , m_settings(settings)
    , m_list(new QListWidget(this))
    , m_stack(new QStackedWidget(this))
{
    m_list->setObjectName(QStringLiteral("profilePages"));
    m_list->setAccessibleName(tr("Pages"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Ignored);
    m_stack->setMinimumHeight(fontMetrics().lineSpacing() * usualLines);
    connect(m_list, &QListWidget::currentRowChanged, m_stack, &QStackedWidget::setCurrentIndex);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins({});
    row->addWidget(m_list);
    row->addWidget(m_stack, 1);
}

void ProfileForm::addPage(ProfilePage *page)
{
    connect(page, &ProfilePage::groupChanged, this, &ProfileForm::showInherited);
    auto *scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setWidgetResizable(true);
    scroll->setWidget(page);
    page->setAutoFillBackground(false); // the scroll area turned it on
    scroll->viewport()->setAutoFillBackground(false);
    m_stack->addWidget(scroll);
    auto *item = new QListWidgetItem(page->title(), m_list);
    item->setSizeHint(
        {fontMetrics().horizontalAdvance(page->title()), fontMetrics().lineSpacing() * 3 / 2});
    m_pages.append(page);
}

void ProfileForm::addCommonPages(TransportPage::Scope scope, const QStringList &aliases)
{
    addPage(new LabelsPage);
    addPage(new LoginPage);
    addPage(new HostKeyPage);
    QList<profiles::Profile> saved;
    for (const profiles::Profile &profile : m_store.profiles()) {
        saved.append(profiles::EffectiveProfile::of(profile, m_store).profile);
    }
    addPage(new RoutePage(saved, aliases));
    addPage(new TransportPage(scope));
    addPage(new ShellPage);
    addPage(new TerminalChoicePage(m_settings));
}

void ProfileForm::load(const profiles::Profile &profile)
{
    m_id = profile.id;
    for (ProfilePage *page : std::as_const(m_pages)) {
        page->load(profile);
    }
    showInherited();
    // Room for the longest title, its margins and the frame.
    m_list->setFixedWidth(m_list->sizeHintForColumn(0) + fontMetrics().averageCharWidth() * 5);
    m_list->setCurrentRow(0);
    setFocusProxy(m_pages.first()->focusProxy());
}

profiles::Profile ProfileForm::stored(profiles::Profile profile) const
{
    for (const ProfilePage *page : m_pages) {
        page->store(profile);
    }
    return profile;
}

QString ProfileForm::problem()
{
    for (qsizetype index = 0; index < m_pages.size(); ++index) {
        const QString text = m_pages.at(index)->problem();
        if (!text.isEmpty()) {
            m_list->setCurrentRow(static_cast<int>(index));
            m_pages.at(index)->setFocus();
            return text;
        }
    }
    return {};
}

// What would hold if nothing were said here.
void ProfileForm::showInherited()
{
    const profiles::Profile said = stored({});
    profiles::Profile bare;
    bare.id = m_id;
    bare.host = said.host;
    bare.group = said.group;
    const auto inherited = profiles::EffectiveProfile::of(bare, m_store, m_settings);
    for (ProfilePage *page : std::as_const(m_pages)) {
        page->showInherited(inherited);
    }
}

} // namespace ui
