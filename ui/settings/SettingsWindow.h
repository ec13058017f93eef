// SettingsWindow: what holds for the program as a whole, on pages that are picked from a list. A
// window of its own beside the main one, which stays usable.

#pragma once

#include <QList>
#include <QWidget>

class QListWidget;
class QStackedWidget;

namespace settings {
class Settings;
}
namespace vault {
class Vault;
}

namespace ui {

class SettingsPage;
class SheetHost;

class SettingsWindow final : public QWidget
{
    Q_OBJECT

public:
    // Both are borrowed; without a vault there is no page for secrets.
    SettingsWindow(settings::Settings &settings, vault::Vault *vault, QWidget *parent);

    void showLogs(); // the page of what is kept of terminals
    void showKeyboard();

protected:
    void showEvent(QShowEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    template<typename Page>
    void showPage();
    void makeRoom(const QWidget &content);
    void addPage(SettingsPage *page);
    void loadCurrent();

    SheetHost *m_host; // questions of the pages
    QListWidget *m_list;
    QStackedWidget *m_stack;
    QList<SettingsPage *> m_pages;
};

} // namespace ui
